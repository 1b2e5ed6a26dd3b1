/**
 * Finds and calls the handler methods of beans, and says what went wrong in them.
 */
package io.stompline.beans.handler;
