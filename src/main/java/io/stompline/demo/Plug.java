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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Duration;

/**
 * Restarts the message broker for whoever has an account of the demo: one restart at a time, with a pause after each.
 * How it goes is told on a local topic, which needs no message broker.
 */
@ApplicationScoped
public class Plug {
    private static final Logger LOG = System.getLogger(Plug.class.getName());
    private static final String TOPIC = "/topic/local/plug";
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /** What the message broker does. */
    public enum Phase {
        RUNNING,
        AWAY,
        FAILED,
        /** It is a process of its own, which nobody restarts from here. */
        ELSEWHERE
    }

    /**
     * Everything that the page shows of it.
     *
     * @param restarts since the start of the server
     * @param by who restarted it last; null before the first time
     * @param awayMillis how long it was away then
     * @param pauseMillis how long nobody can restart it
     */
    public record State(Phase phase, int restarts, String by, long awayMillis, long pauseMillis) {}

    @Resource
    private ManagedExecutorService threads;

    @Inject
    private StompPublisher publisher;

    private State state = new State(BrokerInThisJvm.isThere() ? Phase.RUNNING : Phase.ELSEWHERE, 0, null, 0, 0);
    private long version;
    private long freeNanos = System.nanoTime();

    /**
     * Begins a restart and does not wait for its end; nothing if it is not possible now. The page knows that it is not:
     * an answer would have to pass the message broker.
     */
    @OnSend("/app/plug/pull")
    @RolesAllowed("user")
    public synchronized void pull(Principal by) {
        boolean isThere = state.phase() == Phase.RUNNING || state.phase() == Phase.FAILED;
        if (isThere && pauseMillis() == 0) {
            change(new State(Phase.AWAY, state.restarts() + 1, by.getName(), 0, 0));
            threads.execute(this::restart);
        }
    }

    /** How it is now; every later change is published after it. */
    @OnSubscribe(TOPIC)
    public synchronized Snapshot look() {
        return Snapshot.upTo(version, stateNow(state.phase(), state.awayMillis()));
    }

    private void restart() {
        long began = System.nanoTime();
        Phase end = Phase.FAILED;
        try {
            BrokerInThisJvm.restart();
            end = Phase.RUNNING;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.ERROR, "the message broker could not be restarted", e);
        } finally {
            ended(end, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private synchronized void ended(Phase phase, Duration away) {
        freeNanos = System.nanoTime() + PAUSE.toNanos();
        change(stateNow(phase, away.toMillis()));
    }

    private State stateNow(Phase phase, long awayMillis) {
        return new State(phase, state.restarts(), state.by(), awayMillis, pauseMillis());
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
