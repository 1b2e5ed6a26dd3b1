package io.stompline.session.subscription;

import io.stompline.routing.Message;
import java.util.OptionalLong;

/**
 * What a new subscriber gets before anything else.
 *
 * @param message to be shown to it
 * @param version how far the snapshot has come: messages whose {@code version} header is not greater are part of it and are not
 *     sent after it; if it is not known, all that came since the subscription are sent
 */
public record FirstMessage(Message message, OptionalLong version) {
    /** The header of messages that counts changes of what a snapshot shows. */
    public static final String VERSION_HEADER = "version";

    /** Whether the snapshot shows what this message says already. */
    boolean covers(Message later) {
        return version.isPresent()
                && later.headers()
                        .first(VERSION_HEADER)
                        .filter(text -> text.matches("\\d{1,18}"))
                        .filter(text -> Long.parseLong(text) <= version.getAsLong())
                        .isPresent();
    }
}
