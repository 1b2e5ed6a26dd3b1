package io.stompline.security;

/** An action of a caller on a destination. */
public enum Action {
    /** SEND a message to it. */
    SEND("send to"),
    /** SUBSCRIBE to it; to a pattern: to every destination that it matches. */
    SUBSCRIBE("subscribe to"),
    /** Have what comes there kept while it is not connected: asked for besides {@link #SUBSCRIBE}. */
    SUBSCRIBE_DURABLE("have a durable subscription to"),
    /** Read messages that came before: asked for besides {@link #SUBSCRIBE}. */
    READ_HISTORY("read the history of"),
    /** Name it in {@code reply-to}, so that others send to it on behalf of the caller. */
    REPLY_TO("have replies sent to");

    private final String verb;

    Action(String verb) {
        this.verb = verb;
    }

    /** Continues "this user may not …" and is followed by the destination. */
    public String verb() {
        return verb;
    }
}
