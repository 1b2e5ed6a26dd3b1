package io.stompline.metrics;

import java.util.Locale;

/** Every number that a node exports, declared once: code and the exporter take name, unit and help text from here. */
public enum Meter {
    CONNECTIONS(Kind.GAUGE, "", "open connections"),
    SESSIONS(Kind.GAUGE, "", "connections that have logged in"),
    SUBSCRIPTIONS(Kind.GAUGE, "", "subscriptions of these"),
    SESSIONS_CONNECTED(Kind.COUNTER, "", "logins that succeeded"),
    LOGINS_REFUSED(Kind.COUNTER, "", "logins that failed"),
    FRAMES_RECEIVED(Kind.COUNTER, "", "STOMP frames from clients, heart-beats not counted"),
    BYTES_RECEIVED(Kind.COUNTER, "bytes", "octets of STOMP from clients"),
    FRAMES_SENT(Kind.COUNTER, "", "STOMP frames to clients, heart-beats included"),
    BYTES_SENT(Kind.COUNTER, "bytes", "octets of STOMP to clients"),
    MESSAGES_SENT(Kind.COUNTER, "", "messages queued for clients"),
    ERRORS_SENT(Kind.COUNTER, "", "connections ended by an ERROR"),
    SLOW_CONSUMERS(Kind.COUNTER, "", "those of them whose client read too slowly"),
    OUTBOX_BYTES(Kind.GAUGE, "bytes", "octets that wait for clients to read them"),
    LANE_THREADS_BUSY(Kind.GAUGE, "", "threads that carry out frames"),
    LANE_TASKS_WAITING(Kind.GAUGE, "", "connections whose turn waits for such a thread"),
    SERVER_ADAPTATIONS(Kind.GAUGE, "", "adaptations to the server that are active"),
    SERVER_ADAPTATIONS_MISSING(
            Kind.GAUGE,
            "",
            "defences among the adaptations that could not be installed; the log has their consequences"),
    BROKER_AVAILABLE(Kind.GAUGE, "", "1 while the message broker can be reached, else 0"),
    JMS_RECONNECTS(Kind.COUNTER, "", "new connections to the message broker after the first"),
    JMS_MESSAGES_PUBLISHED(Kind.COUNTER, "", "messages that the message broker took"),
    JMS_MESSAGES_RECEIVED(Kind.COUNTER, "", "messages from the message broker"),
    JMS_PUBLISH_FAILURES(Kind.COUNTER, "", "messages that the message broker did not take"),
    JMS_DEAD_MESSAGES(Kind.COUNTER, "", "messages put into the dead message queue"),
    JMS_OBJECT_MESSAGES_REFUSED(Kind.COUNTER, "", "object messages, which are never deserialized");

    /** Whether a number only grows. */
    public enum Kind {
        /** Events since the start. */
        COUNTER,
        /** A number that goes up and down. */
        GAUGE
    }

    private final Kind kind;
    private final String unit;
    private final String help;

    Meter(Kind kind, String unit, String help) {
        this.kind = kind;
        this.unit = unit;
        this.help = help;
    }

    /** What kind of number it is. */
    public Kind kind() {
        return kind;
    }

    /** Its name, such as {@code frames_received}; exporters put {@code stompline_} before it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its unit, such as {@code bytes}; empty for a plain count. */
    public String unit() {
        return unit;
    }

    /** What it counts, for people. */
    public String help() {
        return help;
    }
}
