/**
 * Who is connected and what happens on connections, for beans, on all nodes.
 */
package io.stompline.beans.sessions;
