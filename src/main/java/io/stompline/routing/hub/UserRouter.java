package io.stompline.routing.hub;

import io.stompline.frame.HeaderNames;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which session of which user on this node is subscribed to which {@code /user/…} destination. Thread-safe.
 *
 * <p>Messages to users travel on one topic, which each node consumes once for all users; so they reach every session of
 * a user on every node.
 */
public final class UserRouter {
    private record UserSubscriber(String user, String session, Destination destination, Receiver<Broadcast> receiver) {
        boolean isMeantBy(Audience audience) {
            return audience.user().map(user::equals).orElse(true)
                    && audience.includesSession(session)
                    && audience.shownAs().map(destination::equals).orElse(false);
        }
    }

    private final Router router;
    private final Recorder recorder;
    private final Map<String, List<UserSubscriber>> byUser = new ConcurrentHashMap<>();
    private final Map<String, List<UserSubscriber>> bySession = new ConcurrentHashMap<>();
    private boolean consuming;

    /** Nobody is subscribed yet. */
    public UserRouter(Router router, Recorder recorder) {
        this.router = router;
        this.recorder = recorder;
    }

    /**
     * Adds a subscriber; when this returns, everything that is published from now on reaches it.
     *
     * @param destination of kind {@link Destination.Kind#USER}, without wildcards
     * @param receiver called on the bus's thread, in order; must not block
     * @return takes the subscriber out again; idempotent
     * @throws BusException UNAVAILABLE or REFUSED
     */
    public Router.Registration subscribe(
            String user, String session, Destination destination, Receiver<Broadcast> receiver) {
        consume();
        UserSubscriber entry = new UserSubscriber(user, session, destination, receiver);
        add(byUser, user, entry);
        add(bySession, session, entry);
        return () -> {
            remove(byUser, user, entry);
            remove(bySession, session, entry);
        };
    }

    /**
     * Consumes the messages to users until the end of the node, whoever subscribes.
     *
     * @throws BusException as {@link #subscribe}; it may be called again
     */
    public synchronized void consume() {
        if (!consuming) {
            router.subscribe(Audience.CARRIER, new Carrier());
            consuming = true;
        }
    }

    /**
     * Shows a message to one session of this node at once, also while the message broker is away.
     *
     * @return whether the session is subscribed to where it is shown
     */
    public boolean tell(Message message) {
        return deliver(message);
    }

    /** Takes the messages to users. */
    private final class Carrier implements Receiver<Broadcast> {
        @Override
        public void accept(Broadcast next) {
            deliver(next.message());
        }

        @Override
        public void interrupted() {
            recorder.interrupted(Audience.CARRIER);
            byUser.values()
                    .forEach(
                            entries -> entries.forEach(entry -> entry.receiver().interrupted()));
        }
    }

    /** Whether there was a receiver. */
    private boolean deliver(Message message) {
        Audience audience = message.audience();
        if (audience.shownAs().isEmpty()) {
            return false;
        }
        Destination shownAs = audience.shownAs().get();
        // What is kept until it is acknowledged is no history as well: it would be shown twice.
        Broadcast broadcast = message.headers().has(HeaderNames.INBOX_ID)
                ? new Broadcast(message, shownAs.text())
                : recorder.recordForUser(message, shownAs);
        boolean taken = false;
        for (UserSubscriber entry : candidates(audience)) {
            if (entry.isMeantBy(audience)) {
                entry.receiver().accept(broadcast);
                taken = true;
            }
        }
        return taken;
    }

    private List<UserSubscriber> candidates(Audience audience) {
        if (audience.session().isPresent()) {
            return bySession.getOrDefault(audience.session().get(), List.of());
        }
        return audience.user().map(user -> byUser.getOrDefault(user, List.of())).orElse(List.of());
    }

    private static void add(Map<String, List<UserSubscriber>> entries, String key, UserSubscriber entry) {
        entries.compute(key, (same, known) -> {
            List<UserSubscriber> list = known == null ? new CopyOnWriteArrayList<>() : known;
            list.add(entry);
            return list;
        });
    }

    private static void remove(Map<String, List<UserSubscriber>> entries, String key, UserSubscriber entry) {
        entries.computeIfPresent(key, (same, known) -> {
            known.remove(entry);
            return known.isEmpty() ? null : known;
        });
    }
}
