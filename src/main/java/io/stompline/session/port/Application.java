package io.stompline.session.port;

import io.stompline.routing.Destination;
import io.stompline.session.opening.FirstMessage;
import java.util.Optional;

/**
 * Port to the application in this server: what its beans do with frames. Thread-safe; called on the lane of the
 * connection, may block.
 */
public interface Application {
    /**
     * Carries out a SEND to an {@code /app/…} destination. What goes wrong in a bean, and that there is none for the
     * destination, is answered by a message to the sender; it does not end the connection. When this returns, the
     * message broker has taken what the bean published and the answer, or else that message.
     *
     * @return what went wrong, in a word; empty if nothing did
     * @throws io.stompline.routing.BusException the message broker did not take the message about what went wrong; the
     *     bean was called all the same
     */
    Optional<String> send(ClientRequest request);

    /** Whether a SUBSCRIBE to that destination is answered by a bean. */
    boolean answersSubscribe(Destination destination);

    /**
     * Asks a bean what a new subscriber gets first.
     *
     * @return nothing if the bean has nothing to say
     * @throws ApplicationRefusal if the bean refuses the subscription or fails
     */
    Optional<FirstMessage> subscribe(ClientRequest request);
}
