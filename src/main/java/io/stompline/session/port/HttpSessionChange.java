package io.stompline.session.port;

/**
 * Something happened to an HTTP session that concerns the connections that were opened with it, on every node. Keys
 * name HTTP sessions on all nodes, and do not open them as their ids do.
 */
public sealed interface HttpSessionChange {
    /** Whether another node said so. */
    boolean elsewhere();

    /**
     * It has ended, or its user has logged out of it.
     *
     * @param perhapsUsable whether connections may open with it again: it may have ended by time on that node only, or
     *     another user may log in
     */
    record Ended(String key, boolean perhapsUsable, boolean elsewhere) implements HttpSessionChange {}

    /** It has another id, as after a login. */
    record Renamed(String oldKey, String newKey, boolean elsewhere) implements HttpSessionChange {}
}
