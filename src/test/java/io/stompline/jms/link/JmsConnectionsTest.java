package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.routing.BusException;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How we behave while the message broker is away. */
class JmsConnectionsTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Test
    void triesAgainOneAttemptAtATimeAndSaysSoOnce() {
        try (LogLines log = new LogLines(JmsConnections.class);
                JmsConnections connections = connections(Duration.ofMillis(20))) {
            connections.start();
            await().until(() -> attempts.get() > 20);
            assertThat(mostAtOnce).hasValue(1);
            assertThat(log.all()).hasSize(1);
            assertThat(connections.isUp()).isFalse();
        }
    }

    @Test
    void tellsCallersAsSoonAsTheFirstAttemptHasFailed() {
        try (JmsConnections connections = connections(Duration.ofDays(1))) {
            connections.start();
            assertThatThrownBy(connections::current).isInstanceOf(BusException.class);
            assertThat(attempts).hasPositiveValue();
        }
    }

    @Test
    void letsCallersWaitForTheFirstAttemptNoLongerThanAllowed() {
        try (JmsConnections connections = connections(Duration.ofMillis(20))) {
            assertThatThrownBy(connections::current).isInstanceOf(BusException.class);
        }
    }

    @Test
    void triesNoMoreAfterTheEnd() {
        JmsConnections connections = connections(Duration.ofSeconds(60));
        connections.start();
        await().until(() -> attempts.get() > 3);
        connections.close();
        assertThatThrownBy(connections::current).isInstanceOf(BusException.class);
    }

    private JmsConnections connections(Duration longestWait) {
        BackOff backOff = new BackOff(Duration.ofMillis(1), Duration.ofMillis(2), bound -> bound - 1);
        return new JmsConnections(this::fail, link -> {}, backOff, longestWait, () -> {}, Thread::new);
    }

    private BrokerLink fail(long number) throws JMSException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        attempts.incrementAndGet();
        atOnce.decrementAndGet();
        throw new JMSException("not there");
    }
}
