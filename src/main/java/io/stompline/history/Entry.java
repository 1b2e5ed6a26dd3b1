package io.stompline.history;

import io.stompline.history.rules.Keeping;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;

/**
 * One message that is kept. Its frame is encoded when somebody is shown it: an encoded frame has the body once more.
 *
 * @param shownAs the destination as subscribers know it
 * @param endMillis when it ends, since 1970; {@link Long#MAX_VALUE} if never
 * @param bytes what it takes of the memory, about
 */
record Entry(Message message, String shownAs, Position position, long endMillis, long bytes) {
    /** Objects beside the characters. */
    private static final int OVERHEAD_BYTES = 600;

    private static final int BYTES_OF_CHAR = 2;

    static Entry of(Message message, String shownAs, Position position, Keeping keeping) {
        return new Entry(
                message,
                shownAs,
                position,
                keeping.endMillis(message, position.millis()),
                OVERHEAD_BYTES + message.body().size() + BYTES_OF_CHAR * chars(message));
    }

    private static long chars(Message message) {
        long[] chars = {message.id().length() + message.destination().name().length()};
        message.headers().forEach((name, value) -> chars[0] += name.length() + value.length());
        return chars[0];
    }

    long number() {
        return position.number();
    }

    long millis() {
        return position.millis();
    }

    /** When it came, or was published, whichever was later. */
    long latestMillis() {
        return Math.max(position.millis(), message.sentMillis());
    }

    Broadcast broadcast() {
        return new Broadcast(message, shownAs, position);
    }
}
