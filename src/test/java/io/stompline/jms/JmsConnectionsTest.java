package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.broker.BusException;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** How we behave while the messaging system is away. */
class JmsConnectionsTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Test
    void triesAgainOneAttemptAtATimeAndSaysSoOnce() {
        AtomicInteger lines = new AtomicInteger();
        Handler counting = new CountingHandler(lines);
        Logger logger = Logger.getLogger(JmsConnections.class.getName());
        logger.addHandler(counting);
        try (JmsConnections connections = connections(Duration.ofMillis(20))) {
            connections.start();
            await().until(() -> attempts.get() > 20);
            assertThat(mostAtOnce).hasValue(1);
            assertThat(lines).hasValue(1);
            assertThat(connections.isUp()).isFalse();
        } finally {
            logger.removeHandler(counting);
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

    private static final class CountingHandler extends Handler {
        private final AtomicInteger lines;

        CountingHandler(AtomicInteger lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            lines.incrementAndGet();
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
