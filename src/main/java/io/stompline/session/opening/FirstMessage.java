package io.stompline.session.opening;

import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A snapshot that the application shows to a new subscriber.
 *
 * @param message shown before the live stream
 * @param version the newest change that the snapshot contains: messages whose {@code version} header is not greater are
 *     left out of the live stream; if it is absent, none is left out
 */
public record FirstMessage(Message message, OptionalLong version) implements Opening {
    /** The header of messages that counts the changes of a snapshot. */
    public static final String VERSION_HEADER = "version";

    @Override
    public List<Broadcast> messages() {
        return List.of(new Broadcast(message));
    }

    @Override
    public Predicate<Broadcast> covered() {
        // A local variable: the predicate must not keep the message's body in memory.
        OptionalLong newest = version;
        return live -> newest.isPresent() && isCovered(live.message(), newest.getAsLong());
    }

    private static boolean isCovered(Message live, long newest) {
        return live.headers()
                .first(VERSION_HEADER)
                .filter(text -> text.matches("\\d{1,18}"))
                .filter(text -> Long.parseLong(text) <= newest)
                .isPresent();
    }
}
