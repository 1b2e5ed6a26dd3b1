package io.stompline.jms.message;

import io.stompline.bounds.RecentMap;
import io.stompline.routing.Destination;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives temporary JMS destinations STOMP addresses, {@code /temp-queue/…}, and finds them again.
 *
 * <p>Our own keep their address when a lost connection forces us to make the queue anew. Those of others are remembered
 * when they are seen in a reply-to, the last {@value #REMEMBERED} of them: JMS has no way to get one by its name.
 * Thread-safe.
 */
public final class TemporaryAddresses {
    private static final int REMEMBERED = 10_000;

    private final Map<String, jakarta.jms.Destination> own = new ConcurrentHashMap<>();
    private final Map<String, jakarta.jms.Destination> others =
            Collections.synchronizedMap(new RecentMap<>(REMEMBERED));

    /** Maps this address to that queue from now on. */
    public void assign(Destination address, jakarta.jms.Destination queue) {
        own.put(address.name(), queue);
    }

    /** Removes an address of our own. */
    public void forget(Destination address) {
        own.remove(address.name());
    }

    /** The address of a temporary destination that came as reply-to. */
    Destination addressOf(jakarta.jms.Destination seen, String jmsName) throws JMSException {
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(jmsName.getBytes(StandardCharsets.UTF_8));
        others.put(name, seen);
        return new Destination(Destination.Kind.TEMP_QUEUE, name);
    }

    /** The JMS destination of an address. */
    Optional<jakarta.jms.Destination> find(Destination address) {
        jakarta.jms.Destination queue = own.get(address.name());
        return Optional.ofNullable(queue != null ? queue : others.get(address.name()));
    }
}
