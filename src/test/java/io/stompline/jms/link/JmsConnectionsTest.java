package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.routing.BusException;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How we behave while the message broker is away. */
class JmsConnectionsTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Of {@link #connections}. */
    private CurrentLink current;

    @Test
    void connect_failing_isTriedOneAtATimeAndLoggedOnce() {
        try (LogLines log = new LogLines(JmsConnections.class);
                JmsConnections connections = connections(Duration.ofMillis(20))) {
            connections.start();
            await().until(() -> attempts.get() > 20);
            assertThat(mostAtOnce).hasValue(1);
            assertThat(log.all()).hasSize(1);
            assertThat(current.isUp()).isFalse();
        }
    }

    @Test
    void connect_firstAttemptFailed_callersFailAtOnce() {
        try (JmsConnections connections = connections(Duration.ofDays(1))) {
            connections.start();
            assertThatThrownBy(current::get).isInstanceOf(BusException.class);
            assertThat(attempts).hasPositiveValue();
        }
    }

    @Test
    void connect_firstAttempt_isWaitedForNoLongerThanAllowed() {
        JmsConnections connections = connections(Duration.ofMillis(20));
        assertThatThrownBy(current::get).isInstanceOf(BusException.class);
        connections.close();
    }

    @Test
    void close_whileConnecting_endsTheAttempts() {
        JmsConnections connections = connections(Duration.ofSeconds(60));
        connections.start();
        await().until(() -> attempts.get() > 3);
        connections.close();
        assertThatThrownBy(current::get).isInstanceOf(BusException.class);
    }

    @Test
    void run_noClientOfTheBroker_saysOnceWhatToDoAndWhyToCallers() {
        try (LogLines log = new LogLines(JmsConnections.class);
                JmsConnections connections = connections(Duration.ofDays(1), number -> {
                    attempts.incrementAndGet();
                    throw new NoClassDefFoundError("com/sun/messaging/ConnectionFactory");
                })) {
            connections.start();
            for (int i = 0; i < 3; i++) {
                assertLacksTheClient(current::get);
                assertLacksTheClient(current::check);
            }
            assertThat(attempts).hasValue(1);
            assertThat(current.isUp()).isFalse();
            assertThat(log.all()).hasSize(1);
            assertThat(log.all().get(0)).contains("imqjmsra.rar", "stompline.jms.connection-factory");
        }
    }

    private static void assertLacksTheClient(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BusException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(BusException.Reason.FAILED);
            assertThat(failure).hasMessageContaining("lacks the client");
        });
    }

    private JmsConnections connections(Duration longestWait) {
        return connections(longestWait, this::fail);
    }

    private JmsConnections connections(Duration longestWait, JmsConnections.Opener opener) {
        BackOff backOff = new BackOff(Duration.ofMillis(1), Duration.ofMillis(2), bound -> bound - 1);
        current = new CurrentLink(longestWait);
        return new JmsConnections(opener, link -> {}, backOff, current, () -> {}, Thread::new);
    }

    private BrokerLink fail(long number) throws JMSException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        attempts.incrementAndGet();
        atOnce.decrementAndGet();
        throw new JMSException("not there");
    }
}
