package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;

/**
 * Tells a client by a message that the message broker, which is away, did not take its frame, so that the connection
 * stays. The client asks for that by its subscription to {@code /user/queue/errors}. On the lane only.
 */
record Untaken(SessionServices services, SessionView session, Transactions transactions) {
    private static final StompError AWAY = StompError.BROKER_UNAVAILABLE;

    /**
     * Tells that the frame was not carried out; a COMMIT undoes its transaction.
     *
     * @param failure of the frame, which does not come again
     * @return whether the client was told; if not, the connection has to end
     */
    boolean tell(ClientFrame frame, Throwable failure) {
        if (!isSurvived(frame, failure)) {
            return false;
        }
        Message notice = services.application()
                .problem(session, frame.passedOn(), AWAY.sentence(), frame.title() + ": " + failure.getMessage());
        if (!services.routes().users().tell(notice)) {
            return false;
        }
        if (frame.frame().command() == Command.COMMIT) {
            frame.transaction().ifPresent(transactions::abort);
        }
        services.metrics().counter(Meter.FRAMES_NOT_TAKEN).increment();
        return true;
    }

    /**
     * Whether nothing is lost but the frame. Of a frame that was begun, which is a {@link StompException}, only a SEND
     * to the application is; in a transaction a SEND, ACK or NACK would be missing.
     */
    private static boolean isSurvived(ClientFrame frame, Throwable failure) {
        boolean notBegun = failure instanceof BusException bus && StompError.of(bus.reason()) == AWAY;
        boolean begun = failure instanceof StompException stomp && stomp.error() == AWAY;
        return switch (frame.frame().command()) {
            case SEND -> (notBegun || begun) && frame.transaction().isEmpty() && !Renewal.isAskedFor(frame);
            case COMMIT -> notBegun;
            case ACK, NACK -> notBegun && frame.transaction().isEmpty();
            case UNSUBSCRIBE -> begun;
            default -> false;
        };
    }
}
