package io.stompline.session.port;

/**
 * The container has ended the login of a user before its time: the user has logged out. Connections that were opened
 * with it end on every node.
 *
 * @param login names the login on all nodes, and does not open it
 * @param elsewhere whether another node said so
 */
public record LoginEnded(String login, boolean elsewhere) {}
