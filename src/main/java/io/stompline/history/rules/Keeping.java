package io.stompline.history.rules;

import io.stompline.routing.Message;
import java.time.Duration;

/** What a rule keeps of one topic. */
public sealed interface Keeping permits Retention, LastValue {
    /** How long a subscriber may be away and still be told what it missed. */
    Duration age();

    /** When a message ends, in milliseconds since 1970; {@link Long#MAX_VALUE} if never. */
    long endMillis(Message message, long cameMillis);
}
