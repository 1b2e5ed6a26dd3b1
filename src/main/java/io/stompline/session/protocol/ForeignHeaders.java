package io.stompline.session.protocol;

import io.stompline.config.Setting;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Headers of SUBSCRIBE, UNSUBSCRIBE and SEND that other brokers define: those that Stompline supports, and those that
 * it refuses because the client would wait for messages that never come, or rely on what is not done.
 */
public final class ForeignHeaders {
    /** Artemis has had two names for it; the third is ActiveMQ's. */
    private static final List<String> DURABLE_NAMES =
            List.of("durable-subscription-name", "durable-subscriber-name", "activemq.subscriptionName");

    private static final String KEEP = "durable:true with a name keeps the messages of a topic";
    /** Of RabbitMQ, which makes a queue by them if there is none. */
    private static final List<String> ARGUMENTS_OF_QUEUES = List.of(
            "x-expires",
            "x-max-length",
            "x-max-length-bytes",
            "x-overflow",
            "x-dead-letter-exchange",
            "x-dead-letter-routing-key",
            "x-max-priority",
            "x-single-active-consumer");

    private static final String CONFIGURE = "queues are configured at the message broker";

    /** In a SUBSCRIBE, with what to use instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "x-queue-name", "a /queue/ is shared by its name, and " + KEEP,
            "x-stream-filter", "use the header selector",
            "x-message-ttl", "a SEND says when its message expires");

    /** Begins names that Artemis gives a meaning. */
    private static final String ARTEMIS = "_AMQ_";

    private static final String ARTEMIS_ONLY = "names that begin with _AMQ_ mean something to Artemis alone";
    private static final String GROUPS =
            "messages of a group go to any consumer of a queue; a /queue/ for each group with one consumer keeps them together";

    /** In a SEND, with what to use instead. */
    private static final Map<String, String> REFUSED_IN_SEND = refusedInSend();

    private static final Set<String> FLAGS_OF_QUEUES = Set.of("exclusive", "activemq.exclusive");

    private ForeignHeaders() {}

    private static Map<String, String> refusedInSend() {
        Map<String, String> refused = new HashMap<>();
        ARGUMENTS_OF_QUEUES.forEach(name -> refused.put(name, CONFIGURE));
        List.of("JMSXGroupID", "JMSXGroupSeq", "_AMQ_GROUP_ID", "_AMQ_GROUP_SEQUENCE")
                .forEach(name -> refused.put(name, GROUPS));
        refused.put("_AMQ_DUPL_ID", "with x-idempotency-key a SEND is carried out once");
        refused.put("_AMQ_LVQ_NAME", Setting.LAST_VALUE.key() + " keeps the last value of each key of a topic");
        return Map.copyOf(refused);
    }

    /**
     * Refuses a SUBSCRIBE that asks for something that Stompline does not do.
     *
     * @throws StompException INVALID_HEADER
     */
    public static void check(ClientFrame subscribe) {
        REFUSED.forEach((name, instead) -> refuseIf(subscribe.has(name), name, instead));
        ARGUMENTS_OF_QUEUES.forEach(name -> refuseIf(subscribe.has(name), name, CONFIGURE));
        refuseIf(subscribe.flag("browser", false), "browser", "a queue is consumed, it cannot be looked at");
        refuseIf(subscribe.flag("activemq.retroactive", false), "activemq.retroactive", KEEP);
        boolean queue = subscribe.destination().kind() == Destination.Kind.QUEUE;
        for (String name : FLAGS_OF_QUEUES) {
            refuseIf(subscribe.flag(name, false) && queue, name, "a queue is for all its subscribers");
        }
        // RabbitMQ gives each subscriber of a stream all of it; its other types share their messages, as here.
        refuseIf(
                subscribe.id("x-queue-type").filter("stream"::equalsIgnoreCase).isPresent(),
                "x-queue-type:stream",
                KEEP);
        checkKept(subscribe, queue, subscribe.isDurable());
        checkType(subscribe, "subscription-type", queue);
    }

    /**
     * Refuses a SEND to the message broker that asks for something that Stompline does not do. {@link TimeToLive} and
     * {@link DeliveryDelay} read what it does.
     *
     * @throws StompException INVALID_HEADER
     */
    public static void checkSend(ClientFrame send) {
        checkType(send, "destination-type", send.destination().kind() == Destination.Kind.QUEUE);
        // Every SEND passes here: one look at each header that it has.
        send.frame().headers().forEach((name, value) -> {
            boolean artemis = name.startsWith(ARTEMIS) && !DeliveryDelay.isHeader(name);
            String instead = REFUSED_IN_SEND.get(name);
            refuseIf((artemis || instead != null) && !value.isEmpty(), name, instead == null ? ARTEMIS_ONLY : instead);
        });
    }

    private static void checkType(ClientFrame frame, String header, boolean queue) {
        String type = queue ? "ANYCAST" : "MULTICAST";
        refuseIf(
                frame.id(header).filter(asked -> !asked.equalsIgnoreCase(type)).isPresent(),
                header,
                "the prefix of a destination says it, /topic/ or /queue/");
    }

    /** The name of a durable subscription that one of those headers gives. */
    static Optional<String> durableName(ClientFrame frame) {
        return DURABLE_NAMES.stream().flatMap(name -> frame.id(name).stream()).findFirst();
    }

    /** Whether messages are kept while nobody is subscribed: a queue's are, a topic's if it is durable. */
    private static void checkKept(ClientFrame subscribe, boolean queue, boolean durable) {
        boolean kept = queue || durable;
        boolean deleted = subscribe.flag("auto-delete", !kept);
        refuseIf(kept && deleted, "auto-delete:true", "what is sent to a queue or a durable subscription is kept");
        refuseIf(!kept && !deleted, "auto-delete:false", KEEP);
        refuseIf(!kept && subscribe.flag("persistent", false), "persistent:true", KEEP);
    }

    private static void refuseIf(boolean asked, String header, String instead) {
        if (asked) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + header + " of other brokers is not supported here: " + instead);
        }
    }
}
