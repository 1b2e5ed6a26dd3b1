package io.stompline.security;

/** An action of a caller on a destination. */
public enum Action {
    /** SEND a message to it. */
    SEND("send to", true),
    /** SUBSCRIBE to it; to a pattern: to every destination that it matches. */
    SUBSCRIBE("subscribe to", false),
    /** Have what comes there kept while it is not connected: asked for besides {@link #SUBSCRIBE}. */
    SUBSCRIBE_DURABLE("have a durable subscription to", false),
    /** Read messages that came before: asked for besides {@link #SUBSCRIBE}. */
    READ_HISTORY("read the history of", false),
    /** See who is subscribed to it: who joins and leaves; asked instead of {@link #SUBSCRIBE}. */
    SEE_PRESENCE("see who is in", false),
    /** Name it in {@code reply-to}, so that others send to it on behalf of the caller. */
    REPLY_TO("have replies sent to", true);

    private final String verb;
    private final boolean sends;

    Action(String verb, boolean sends) {
        this.verb = verb;
        this.sends = sends;
    }

    /** Continues "this user may not …" and is followed by the destination. */
    public String verb() {
        return verb;
    }

    /** Whether it sends messages there: a user sends to so many different queues only. */
    boolean sends() {
        return sends;
    }
}
