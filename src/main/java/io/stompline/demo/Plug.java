package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompPublisher;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Duration;

/**
 * Cuts Stompline off from the message broker for some seconds, for whoever has an account of the demo: once at a time,
 * with a pause after each. How it goes is told on a local topic, which needs no message broker.
 */
@ApplicationScoped
public class Plug {
    private static final System.Logger LOG = System.getLogger(Plug.class.getName());
    private static final String TOPIC = "/topic/local/plug";
    private static final Duration CUT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /** Stompline connects again at once; a new connection lives no longer than that. */
    private static final Duration CUT_AGAIN = Duration.ofMillis(50);

    /** The state of the message broker as Stompline sees it. */
    public enum Phase {
        THERE,
        AWAY,
        /** It is a process of its own, which nobody cuts off from here. */
        ELSEWHERE
    }

    /**
     * Everything that the page shows of it.
     *
     * @param cuts since the start of the server
     * @param by who pulled the plug last; null before the first time
     * @param pauseMillis how long nobody can do it again
     */
    public record State(Phase phase, int cuts, String by, long pauseMillis) {}

    @Resource
    private ManagedExecutorService threads;

    @Inject
    private StompPublisher publisher;

    private State state = new State(BrokerInThisJvm.isThere() ? Phase.THERE : Phase.ELSEWHERE, 0, null, 0);
    private long version;
    private long freeNanos = System.nanoTime();

    /**
     * Cuts the message broker off and does not wait for its return; nothing if it is not possible now. The page knows
     * that it is not: an answer would have to pass the message broker.
     */
    @OnSend("/app/plug/pull")
    @RolesAllowed("user")
    public synchronized void pull(Principal by) {
        if (state.phase() == Phase.THERE && pauseMillis() == 0) {
            threads.execute(this::cut);
            change(new State(Phase.AWAY, state.cuts() + 1, by.getName(), 0));
        }
    }

    /** How it is now; every later change is published after it. */
    @OnSubscribe(TOPIC)
    public synchronized Snapshot look() {
        return Snapshot.upTo(version, stateNow(state.phase()));
    }

    private void cut() {
        try {
            for (long passed = 0; passed < CUT.toMillis(); passed += CUT_AGAIN.toMillis()) {
                cutOnce();
                Thread.sleep(CUT_AGAIN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            back();
        }
    }

    private static void cutOnce() {
        try {
            BrokerInThisJvm.cut();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a connection was not ended; the next try is soon", e);
        }
    }

    private synchronized void back() {
        freeNanos = System.nanoTime() + PAUSE.toNanos();
        change(stateNow(Phase.THERE));
    }

    private State stateNow(Phase phase) {
        return new State(phase, state.cuts(), state.by(), pauseMillis());
    }

    private long pauseMillis() {
        return Math.max(0, Duration.ofNanos(freeNanos - System.nanoTime()).toMillis());
    }

    private void change(State next) {
        state = next;
        version++;
        publisher.publish(TOPIC, state, PublishOptions.NONE.withVersion(version));
    }
}
