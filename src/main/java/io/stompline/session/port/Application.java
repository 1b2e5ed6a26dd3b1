package io.stompline.session.port;

import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Caller;
import io.stompline.session.opening.FirstMessage;
import java.util.Optional;
import java.util.Set;

/**
 * Port to the application in this server: what its beans do with frames. Thread-safe; called on the lane of the
 * connection, may block.
 */
public interface Application {
    /**
     * Carries out a SEND to an {@code /app/…} destination. A failure of the bean, or a destination without a bean, is
     * answered by a message to the sender; it does not end the connection. When this returns, the message broker has
     * accepted the messages and the answer of the bean, or else that message.
     *
     * @return the problem, in a word; empty if there is none
     * @throws io.stompline.routing.BusException the message broker did not accept the message about the failure; the
     *     bean was called all the same
     */
    Optional<String> send(ClientRequest request);

    /**
     * Tells a client at {@code /user/queue/errors} that a SEND or SUBSCRIBE is not allowed; its connection stays.
     *
     * @param detail a sentence
     * @throws io.stompline.routing.BusException the message broker did not accept the message
     */
    void tellDenied(ClientRequest request, String detail);

    /**
     * The message that tells a client at {@code /user/queue/errors} what became of a frame. Does not block.
     *
     * @param headers of the frame that travel
     * @param problem in a word
     * @param detail a sentence
     */
    Message problem(SessionView session, Headers headers, String problem, String detail);

    /**
     * Whether a connection may go on with newer credentials of the same user.
     *
     * @param before the caller as the former credentials say
     * @param after the caller as the newer ones say
     */
    boolean permitsRenewal(Caller before, Caller after);

    /** Roles that its handlers name. */
    Set<String> roles();

    /**
     * Whether a caller has the roles that the beans ask for which answer a SUBSCRIBE to that destination. Of a pattern:
     * those of every bean that answers for a topic that the pattern means. Does not block.
     */
    boolean admits(Caller caller, Destination subscribed);

    /** Whether a SUBSCRIBE to that destination is answered by a bean. */
    boolean answersSubscribe(Destination destination);

    /** Whether a SUBSCRIBE to some destination that the pattern means is answered by a bean. */
    boolean answersSome(Destination pattern);

    /**
     * Asks a bean for the first messages of a new subscriber.
     *
     * @return nothing if the bean has nothing to say
     * @throws ApplicationRefusal if the bean refuses the subscription or fails
     */
    Optional<FirstMessage> subscribe(ClientRequest request);
}
