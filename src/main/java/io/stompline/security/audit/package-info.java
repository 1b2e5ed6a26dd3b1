/**
 * What an operator has to know of who was refused and of what administrators did: lines in the log, and calls of a
 * listener, bounded in number.
 */
package io.stompline.security.audit;
