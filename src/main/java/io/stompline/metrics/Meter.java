package io.stompline.metrics;

import java.util.Locale;

/** Every number that a node exports, declared once: code and the exporter take name, unit and help text from here. */
public enum Meter {
    CONNECTIONS(Kind.GAUGE, "", "open connections"),
    CONNECTIONS_REPLACED(
            Kind.COUNTER, "", "connections that died silently and were ended because their client came back"),
    HTTP_CONNECTIONS(Kind.GAUGE, "", "open connections over plain HTTP, in streams or polls"),
    HTTP_REQUESTS_RELAYED(
            Kind.COUNTER, "", "requests over plain HTTP that were passed on to the server that has their connection"),
    FILE_DESCRIPTORS_FREE(Kind.GAUGE, "", "files and connections that the process may still open"),
    HANDSHAKES_REFUSED_FOR_FILES(
            Kind.COUNTER, "", "handshakes refused because the process may open few more files and connections"),
    SESSIONS(Kind.GAUGE, "", "connections that have logged in"),
    SLOW_REQUESTS(Kind.COUNTER, "", "HTTP connections closed because the header of a request did not end"),
    SUBSCRIPTIONS(Kind.GAUGE, "", "subscriptions of all sessions"),
    SENDS_REPEATED(
            Kind.COUNTER, "", "SENDs and COMMITs that came again under the same key, and were not carried out again"),
    SESSIONS_CONNECTED(Kind.COUNTER, "", "logins that succeeded"),
    LOGINS_REFUSED(Kind.COUNTER, "", "logins that failed"),
    FRAMES_RECEIVED(Kind.COUNTER, "", "STOMP frames from clients, heart-beats not counted"),
    BYTES_RECEIVED(Kind.COUNTER, "bytes", "octets of STOMP from clients"),
    FRAMES_SENT(Kind.COUNTER, "", "STOMP frames to clients, heart-beats included"),
    BYTES_SENT(Kind.COUNTER, "bytes", "octets of STOMP to clients, before compression"),
    MESSAGES_DEFLATED(Kind.COUNTER, "", "messages compressed, each once for all who get it compressed"),
    COMPRESSION_BYTES_SAVED(
            Kind.COUNTER, "bytes", "octets of STOMP to clients that were not written because messages were compressed"),
    MESSAGES_DROPPED(Kind.COUNTER, "", "messages dropped by the rules for slow clients"),
    MESSAGES_SENT(Kind.COUNTER, "", "MESSAGE frames queued for clients"),
    ERRORS_SENT(Kind.COUNTER, "", "connections ended by an ERROR frame"),
    FRAMES_NOT_TAKEN(
            Kind.COUNTER,
            "",
            "frames of which a message told that the message broker, which is away, did not take them"),
    SLOW_CONSUMERS(Kind.COUNTER, "", "connections ended by an ERROR frame because the client read too slowly"),
    UNFINISHED_FRAMES(
            Kind.COUNTER,
            "",
            "connections ended by an ERROR frame because what the client had begun to send did not end"),
    OUTBOX_BYTES(Kind.GAUGE, "bytes", "octets in outboxes, waiting for clients to read them"),
    LANE_THREADS_BUSY(Kind.GAUGE, "", "busy threads that carry out frames of clients"),
    LANE_TASKS_WAITING(Kind.GAUGE, "", "connections waiting for a thread to carry out their frames"),
    SERVER_ADAPTATIONS(Kind.GAUGE, "", "active adaptations to Tyrus and Grizzly"),
    SERVER_ADAPTATIONS_MISSING(
            Kind.GAUGE,
            "",
            "defences among the adaptations to Tyrus and Grizzly that are not active; the log has their consequences"),
    BROKER_AVAILABLE(Kind.GAUGE, "", "1 while the message broker can be reached, else 0"),
    BROKER_BYTES(Kind.GAUGE, "bytes", "octets of messages in the embedded message broker; 0 of another"),
    BROKER_MAX_BYTES(Kind.GAUGE, "bytes", "octets of messages that the embedded message broker takes; 0 of another"),
    BROKER_PERCENT(
            Kind.GAUGE, "", "how full the embedded message broker is, in octets or in messages, whichever is more"),
    SENDS_OVER_QUOTA(
            Kind.COUNTER, "", "SEND frames refused because of what the user or all clients have in the message broker"),
    JMS_RECONNECTS(Kind.COUNTER, "", "connections to the message broker after the first"),
    JMS_MESSAGES_PUBLISHED(Kind.COUNTER, "", "messages accepted by the message broker"),
    HISTORY_BYTES(Kind.GAUGE, "bytes", "memory of the messages that are kept of topics, about"),
    HISTORY_TOPICS(Kind.GAUGE, "", "topics, and destinations of users, that a history is kept of; some may be empty"),
    HISTORY_MESSAGES_FORGOTTEN(
            Kind.COUNTER, "", "messages forgotten before their time because the memory for kept ones was full"),
    HISTORY_MESSAGES_REPLAYED(Kind.COUNTER, "", "messages of the past shown to new subscribers"),
    HISTORY_RECOVERED(Kind.COUNTER, "", "subscriptions resumed without missing a message"),
    HISTORY_NOT_RECOVERED(Kind.COUNTER, "", "subscriptions resumed that may have missed messages"),
    HISTORY_RECOVERED_ELSEWHERE(
            Kind.COUNTER,
            "",
            "subscriptions resumed without missing a message by a client that was on another node before"),
    HISTORY_MESSAGES_SEEDED(Kind.COUNTER, "", "kept messages taken over from another node at the start"),
    HISTORY_LAG_MILLISECONDS(
            Kind.GAUGE,
            // With this unit Payara gives seconds, under another name
            "",
            "how late or, by the clock, how early messages of topics with a history came in the last second, at most;"
                    + " in milliseconds"),
    LAST_VALUES(Kind.GAUGE, "", "last values that are kept for new subscribers, of all keys, deletions included"),
    LAST_VALUES_SHOWN(Kind.COUNTER, "", "last values shown to new subscribers"),
    LAST_VALUES_FORGOTTEN(
            Kind.COUNTER, "", "last values forgotten because the topic had too many keys or the memory was full"),
    PRESENCE_MEMBERS(
            Kind.GAUGE,
            "",
            "users who are in topics of which this node knows who is there, of all nodes, once a topic"),
    PRESENCE_LEFT_OUT(
            Kind.COUNTER, "", "subscriptions whose user, or what it told, is not shown because there are too many"),
    PRESENCE_ASKED(Kind.COUNTER, "", "times that this node asked another one for all who are there"),
    INBOX_KEPT(Kind.COUNTER, "", "messages kept for users until they acknowledge them, those rolled back included"),
    INBOX_SHOWN(Kind.COUNTER, "", "kept messages read from the database for clients"),
    INBOX_ACKNOWLEDGED(Kind.COUNTER, "", "kept messages deleted because a client has acknowledged or refused them"),
    INBOX_DISPLACED(Kind.COUNTER, "", "kept messages deleted because newer ones of the user were too many"),
    INBOX_EXPIRED(Kind.COUNTER, "", "kept messages deleted because their time was over"),
    INBOX_FAILURES(Kind.COUNTER, "", "failed attempts to use the database of kept messages"),
    JMS_MESSAGES_RECEIVED(Kind.COUNTER, "", "messages from the message broker"),
    JMS_PUBLISH_FAILURES(Kind.COUNTER, "", "messages not published, for whatever reason"),
    JMS_PUBLISH_FAILURES_UNAVAILABLE(Kind.COUNTER, "", "messages not published because the message broker is away"),
    JMS_PUBLISH_FAILURES_FULL(Kind.COUNTER, "", "messages not published because the destination is full"),
    JMS_PUBLISH_FAILURES_TOO_LARGE(Kind.COUNTER, "", "messages not published because they are too large"),
    JMS_PUBLISH_FAILURES_STORE_FULL(
            Kind.COUNTER, "", "messages not published because the disk of the message broker is full"),
    JMS_PUBLISH_FAILURES_STORE_DAMAGED(
            Kind.COUNTER, "", "messages not published because what is stored for the destination is damaged"),
    JMS_PUBLISH_FAILURES_FAILED(
            Kind.COUNTER, "", "messages not published because the message broker had an error of its own"),
    JMS_PUBLISH_FAILURES_REFUSED(Kind.COUNTER, "", "messages not published because the message broker refuses them"),
    JMS_SUBSCRIPTIONS_OF_DAMAGED(
            Kind.COUNTER, "", "subscriptions refused because what is stored for the destination is damaged"),
    JMS_DEAD_MESSAGES(Kind.COUNTER, "", "messages moved to the dead message queue"),
    JMS_DURABLE_MESSAGES_LOST(
            Kind.COUNTER, "", "oldest messages that durable subscriptions lost because too much was kept for them"),
    JMS_OBJECT_MESSAGES_REFUSED(Kind.COUNTER, "", "ObjectMessages refused; none is ever deserialized");

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

    /** The thing that it counts, in a phrase that is understood alone, as exporters show it. */
    public String help() {
        return help;
    }
}
