package io.stompline.demo.text;

import io.stompline.api.PublishException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The updates of the texts, each text in a queue of the message broker that is read and never consumed: all nodes see
 * it, and it outlives them. The demo has no database; an application would have a table with a unique key of text,
 * client and number. Thread-safe.
 */
@ApplicationScoped
public class TextJournal {
    /** Of one text; {@link TextFullMapper} says it. */
    private static final int MOST_OCTETS = 256 * 1024;

    /** Nobody can subscribe to it: $0000 stands for a character that no destination of STOMP has. */
    private static final String QUEUES = "text$0000";

    private static final int MOST_READS = 3;
    private static final int REMOVED_AT_ONCE = 50;
    private static final long REMOVAL_MILLIS = 2_000;

    private static final String CLIENT = "client";
    private static final String NUMBER = "number";

    /** In the map of a compacted one; the other names are clients, which are numbers. */
    private static final String UPDATE = "update";

    @Resource(lookup = "jms/stompline")
    private ConnectionFactory factory;

    /** Octets that surely fit into the queue of a text, as far as this node knows. */
    private final Map<String, Integer> room = new ConcurrentHashMap<>();

    /**
     * Keeps an update: when this returns, it is on the disk of the message broker.
     *
     * @return whether it is the first one of that client with that number; the order in the queue decides
     */
    boolean append(String text, String client, long number, byte[] octets) {
        checkRoom(text, TextEntry.OVERHEAD_OCTETS + octets.length);
        return with(context -> {
            Queue queue = queue(context, text);
            BytesMessage message = context.createBytesMessage();
            message.setStringProperty(CLIENT, client);
            message.setLongProperty(NUMBER, number);
            message.writeBytes(octets);
            context.createProducer().send(queue, message);
            List<TextEntry> same =
                    browse(context, queue, CLIENT + " = '" + client + "' AND " + NUMBER + " = " + number);
            // None, if it was compacted meanwhile: then there is another one, which was published.
            return !same.isEmpty() && same.get(0).id().equals(message.getJMSMessageID());
        });
    }

    /** Everything that was kept of a text. */
    TextContents read(String text) {
        return with(context -> {
            TextContents contents = new TextContents(List.of());
            for (int i = 0; i < MOST_READS; i++) {
                contents = new TextContents(browse(context, queue(context, text), null));
                if (contents.isWhole()) {
                    break;
                }
            }
            // A client that has been silent for long may be missing in what was compacted since.
            return contents;
        });
    }

    /** Keeps one update that has the effect of those entries, and removes these. */
    void replace(String text, List<TextEntry> covered, Map<String, Long> numbers, byte[] octets) {
        with(context -> {
            Queue queue = queue(context, text);
            MapMessage message = context.createMapMessage();
            message.setBytes(UPDATE, octets);
            for (Map.Entry<String, Long> last : numbers.entrySet()) {
                message.setLong(last.getKey(), last.getValue());
            }
            context.createProducer().send(queue, message);
            // A reader finds out that numbers are missing by the compacted ones before: these go last.
            remove(
                    context,
                    queue,
                    covered.stream().filter(entry -> !entry.isCompacted()).toList());
            remove(
                    context,
                    queue,
                    covered.stream().filter(TextEntry::isCompacted).toList());
            return null;
        });
    }

    /** Looks into the queue when what this node keeps might not fit: a quarter of what is free then may come unseen. */
    private void checkRoom(String text, int octets) {
        if (room.merge(text, -octets, Integer::sum) < 0) {
            int free = MOST_OCTETS - read(text).octets();
            if (free < octets) {
                throw new TextFullException();
            }
            room.put(text, free / 4);
        }
    }

    private static List<TextEntry> browse(JMSContext context, Queue queue, String selector) throws JMSException {
        List<TextEntry> entries = new ArrayList<>();
        try (QueueBrowser browser = context.createBrowser(queue, selector)) {
            for (Enumeration<?> all = browser.getEnumeration(); all.hasMoreElements(); ) {
                // Null, if it was removed since the enumeration was made.
                if (all.nextElement() instanceof Message message) {
                    entries.add(entry(message));
                }
            }
        }
        return entries;
    }

    private static TextEntry entry(Message message) throws JMSException {
        if (message instanceof MapMessage compacted) {
            Map<String, Long> numbers = new HashMap<>();
            for (Enumeration<?> names = compacted.getMapNames(); names.hasMoreElements(); ) {
                String name = names.nextElement().toString();
                if (!name.equals(UPDATE)) {
                    numbers.put(name, compacted.getLong(name));
                }
            }
            return TextEntry.of(message.getJMSMessageID(), numbers, compacted.getBytes(UPDATE), true);
        }
        return TextEntry.of(
                message.getJMSMessageID(),
                Map.of(message.getStringProperty(CLIENT), message.getLongProperty(NUMBER)),
                message.getBody(byte[].class),
                false);
    }

    private static void remove(JMSContext context, Queue queue, List<TextEntry> entries) {
        for (int from = 0; from < entries.size(); from += REMOVED_AT_ONCE) {
            List<TextEntry> some = entries.subList(from, Math.min(from + REMOVED_AT_ONCE, entries.size()));
            String ids = some.stream().map(entry -> "'" + entry.id() + "'").collect(Collectors.joining(","));
            try (JMSConsumer consumer = context.createConsumer(queue, "JMSMessageID IN (" + ids + ")")) {
                // Those that another node removes at the same time do not come.
                int left = some.size();
                while (left > 0 && consumer.receive(REMOVAL_MILLIS) != null) {
                    left--;
                }
            }
        }
    }

    private static Queue queue(JMSContext context, String text) {
        return context.createQueue(QUEUES + text);
    }

    /** What is done in the queue; outside of any transaction, so that others see it when it returns. */
    private interface Work<T> {
        T with(JMSContext context) throws JMSException;
    }

    private <T> T with(Work<T> work) {
        try (JMSContext context = factory.createContext()) {
            return work.with(context);
        } catch (JMSException | JMSRuntimeException e) {
            throw new PublishException("the journal cannot be reached: " + e.getMessage(), e);
        }
    }
}
