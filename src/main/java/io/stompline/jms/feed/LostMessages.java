package io.stompline.jms.feed;

import io.stompline.bounds.RecentMap;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Message;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** How many messages durable subscriptions have lost since their consumers were told last. Thread-safe. */
public final class LostMessages {
    private static final int MAX_SUBSCRIPTIONS = 10_000;

    private final Map<String, Long> byName = Collections.synchronizedMap(new RecentMap<>(MAX_SUBSCRIPTIONS));

    /** That subscription lost so many messages. */
    public void note(String durableName, int messages) {
        byName.merge(durableName, (long) messages, Long::sum);
    }

    /** The message as its consumer gets it: the first after a loss says how many were lost. */
    Message tell(Optional<String> durableName, Message message) {
        Long lost = byName.isEmpty() || durableName.isEmpty() ? null : byName.remove(durableName.get());
        if (lost == null) {
            return message;
        }
        Headers headers = new Headers.Builder()
                .addAll(message.headers().firstOfEach(name -> !name.equals(HeaderNames.MESSAGES_LOST)))
                .add(HeaderNames.MESSAGES_LOST, Long.toString(lost))
                .build();
        return new Message(
                message.destination(), headers, message.body(), message.origin(), message.audience(), message.id());
    }
}
