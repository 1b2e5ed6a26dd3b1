package io.stompline.routing.hub;

import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.util.Optional;

/** Port of the router: keeps messages as they come, and numbers them. Thread-safe; does not block. */
public interface Recorder {
    /** Keeps nothing. */
    Recorder NONE = new Recorder() {
        @Override
        public Optional<Destination> covering(Destination topic) {
            return Optional.empty();
        }

        @Override
        public Optional<Broadcast> record(Destination pattern, Message message) {
            throw new IllegalStateException("nothing is kept");
        }

        @Override
        public Broadcast recordForUser(Message message, Destination shownAs) {
            return new Broadcast(message, shownAs.text());
        }

        @Override
        public void interrupted(Destination pattern) {
            // Nothing is kept.
        }
    };

    /**
     * The pattern that is consumed to keep the messages of a topic.
     *
     * @param topic may be a pattern
     * @return empty if nothing of it is kept, or not all by the same rule
     */
    Optional<Destination> covering(Destination topic);

    /**
     * Keeps a message that was consumed for a pattern. Messages of one pattern come in order.
     *
     * @param pattern of {@link #covering}
     * @return the message with its position; empty if it comes under another pattern, which keeps it
     */
    Optional<Broadcast> record(Destination pattern, Message message);

    /**
     * Keeps a message to a user, if such are kept.
     *
     * @param shownAs the destination as the user knows it
     * @return the message, with its position if it is kept
     */
    Broadcast recordForUser(Message message, Destination shownAs);

    /**
     * Messages of a pattern may have been missed.
     *
     * @param pattern of {@link #covering}, or the topic of messages to users
     */
    void interrupted(Destination pattern);
}
