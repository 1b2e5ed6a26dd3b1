package io.stompline.session.first;

import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.session.opening.Opening;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Rights;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Port: has something that new subscribers get before the live stream. One for all sessions of a node. Thread-safe;
 * does not block, but for {@link Rights}.
 */
public interface FirstMessageSource {
    /**
     * Reads and checks a SUBSCRIBE, before the subscription joins the live stream.
     *
     * @param rights of the user who subscribes
     * @return what there is for the subscriber; empty if the source has nothing to do with it
     * @throws StompException if the subscriber asks for what is not there or not allowed
     */
    Optional<Offer> offer(ClientFrame subscribe, Rights rights, String user);

    /** A user is, or was until now, in a destination that a bean let it into. */
    default void noteReader(String user, Destination destination) {}

    /** What there may be for one subscriber. */
    interface Offer {
        /** Whether messages may come: the subscription is held then, and waits for room in the outbox. */
        boolean hasMessages();

        /**
         * Takes what there is, once, when the subscription has joined the live stream: nothing is missing between both.
         *
         * @param wanted which messages the subscriber gets
         */
        Content take(Predicate<Message> wanted);
    }

    /** What there is for one subscriber. */
    interface Content {
        /** What is shown; empty if there is nothing. */
        Optional<Opening> opening();

        /** Whether the subscriber resumes and misses nothing: it is shown instead of the answer of a bean. */
        default boolean resumes() {
            return false;
        }

        /** Whether the bean of the destination let the user in not long ago, and need not be asked when it resumes. */
        default boolean wasAdmitted() {
            return false;
        }

        /**
         * What the RECEIPT says of it. Called once.
         *
         * @param shown whether it is shown, and nothing else instead of it
         */
        Headers receipt(boolean shown);
    }
}
