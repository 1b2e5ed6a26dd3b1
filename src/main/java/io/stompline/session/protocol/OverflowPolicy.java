package io.stompline.session.protocol;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The consequence when a client reads more slowly than messages come. {@link Choice} chooses for a subscription, the
 * outbox carries it out. What must be acknowledged, or waits for the first message of a subscription, is never dropped:
 * where its own bound is passed the connection ends, whatever the policy.
 */
public sealed interface OverflowPolicy {
    /** The connection ends when there is no room. For what no one keeps, and no rule may drop. */
    OverflowPolicy CLOSE = new Close();

    /** The frame stays with the caller, which waits for room before the next try. For queues. */
    OverflowPolicy WAIT = new Wait();

    /** See {@link #CLOSE}. */
    record Close() implements OverflowPolicy {}

    /** See {@link #WAIT}. */
    record Wait() implements OverflowPolicy {}

    /** Messages of the subscription are dropped while they wait. */
    sealed interface Dropping extends OverflowPolicy {
        /** The key of a message: of those with the same key only the latest waits. Empty if each counts. */
        Optional<String> key(Message message);

        /** How many messages of the subscription may wait. */
        int max();
    }

    /** The oldest that wait are dropped. */
    record Oldest(int max) implements Dropping {
        @Override
        public Optional<String> key(Message message) {
            return Optional.empty();
        }
    }

    /**
     * A message takes the place of one that waits and has the same destination and the same value of a header.
     *
     * @param header empty if the destination alone counts
     */
    record Latest(String header) implements Dropping {
        @Override
        public Optional<String> key(Message message) {
            String value =
                    header.isEmpty() ? "" : message.headers().first(header).orElse("");
            return Optional.of(message.destination().name() + '\n' + value);
        }

        @Override
        public int max() {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * Which subscription has which policy: messages of queues wait at the message broker; the others have no place to
     * wait in, and messages that are to be acknowledged cannot be dropped.
     *
     * @param rules by destination
     */
    record Choice(TopicRules<OverflowPolicy> rules) {
        private static final String KEY = "key=";
        private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

        /** As the settings say. */
        public static Choice from(Settings settings) {
            return new Choice(TopicRules.from(
                    settings,
                    Setting.SLOW,
                    Choice::parse,
                    "rules such as /topic/prices/** latest: a pattern of topics or of /user/ destinations, and close, oldest,"
                            + " oldest 100, latest or latest key=HEADER"));
        }

        private static Optional<OverflowPolicy> parse(List<String> words) {
            String word = words.isEmpty() ? "" : words.get(0);
            List<String> more = words.isEmpty() ? List.of() : words.subList(1, words.size());
            return switch (word) {
                case "close" -> more.isEmpty() ? Optional.of(CLOSE) : Optional.empty();
                case "oldest" -> oldest(more);
                case "latest" -> latest(more);
                default -> Optional.empty();
            };
        }

        private static Optional<OverflowPolicy> oldest(List<String> words) {
            if (words.isEmpty()) {
                return Optional.of(new Oldest(Integer.MAX_VALUE));
            }
            return words.size() == 1 && COUNT.matcher(words.get(0)).matches()
                    ? Optional.of(new Oldest(Integer.parseInt(words.get(0))))
                    : Optional.empty();
        }

        private static Optional<OverflowPolicy> latest(List<String> words) {
            if (words.isEmpty()) {
                return Optional.of(new Latest(""));
            }
            String header = words.get(0).startsWith(KEY) ? words.get(0).substring(KEY.length()) : "";
            return words.size() == 1 && !header.isEmpty() ? Optional.of(new Latest(header)) : Optional.empty();
        }

        /** The policy for the messages of a subscription. */
        public OverflowPolicy of(FeedRequest subscription, AckMode mode) {
            if (subscription.acknowledged()) {
                return WAIT;
            }
            return mode == AckMode.AUTO
                    ? rules.of(subscription.destination())
                            .map(TopicRules.Rule::terms)
                            .orElse(CLOSE)
                    : CLOSE;
        }
    }
}
