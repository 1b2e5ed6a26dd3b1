package io.stompline.session.port;

/**
 * The application has ended an HTTP session before its time: its user has logged out. Connections that were opened with
 * it end on every node.
 *
 * @param key names the HTTP session on all nodes, and does not open it as its id does
 * @param elsewhere whether another node said so
 */
public record HttpSessionEnded(String key, boolean elsewhere) {}
