package io.stompline.history;

import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import java.util.Optional;

/**
 * One message that is kept.
 *
 * @param number of its position
 * @param millis when it came, since 1970
 * @param broadcast the message; encoded once for all who are shown it
 */
record Entry(long number, long millis, Broadcast broadcast) {
    /** Beside the body: objects, headers, and the encoded frame but for its body. */
    private static final int OVERHEAD_BYTES = 600;

    /** Headers of a frame that the server sets. */
    private static final int HEADERS_BYTES = 300;

    /** What it takes of the memory, about: the body is there as it came and as it is sent. */
    long bytes() {
        return OVERHEAD_BYTES + 2L * message().body().size();
    }

    /** The length of its frame, about. */
    int frameBytes() {
        int[] bytes = {HEADERS_BYTES + message().body().size()};
        message().headers().forEach((name, value) -> bytes[0] += name.length() + value.length() + 2);
        return bytes[0];
    }

    Message message() {
        return broadcast.message();
    }

    /** Whether its sender said that it ends before that time. */
    boolean isExpired(long nowMillis) {
        Optional<String> expires = message().headers().first("expires").filter(text -> text.matches("[1-9]\\d{0,17}"));
        return expires.isPresent() && Long.parseLong(expires.get()) <= nowMillis;
    }
}
