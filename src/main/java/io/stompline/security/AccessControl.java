package io.stompline.security;

import io.stompline.routing.Destination;

/** Port: who may do what with which destination. Thread-safe; must not block. An exception counts as a refusal. */
public interface AccessControl {
    /** Whether the caller may publish to that destination (never a pattern). */
    boolean maySend(Caller caller, Destination destination);

    /** Whether the caller may subscribe to that destination; for a pattern, to every destination that it matches. */
    boolean maySubscribe(Caller caller, Destination destination);
}
