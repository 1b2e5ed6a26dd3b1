package io.stompline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.metrics.Metrics;
import io.stompline.routing.MessageBus;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    private final AtomicBoolean available = new AtomicBoolean();
    private final NodeState state = new NodeState(null, null, null, bus(), null, null, null, new Metrics(), () -> true);

    @Test
    void readiness_messageBrokerNeverThere_isDown() {
        state.noteBroker();
        assertThat(state.isBrokerReady()).isFalse();
        available.set(true);
        assertThat(state.isBrokerReady()).isTrue();
    }

    @Test
    void readiness_messageBrokerAway_isDownAfter5Seconds() {
        available.set(true);
        state.noteBroker();
        available.set(false);
        for (int second = 0; second < 5; second++) {
            assertThat(state.isBrokerReady()).isTrue();
            state.noteBroker();
        }
        assertThat(state.isBrokerReady()).isFalse();
        available.set(true);
        assertThat(state.isBrokerReady()).isTrue();
    }

    private MessageBus bus() {
        return (MessageBus) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageBus.class},
                (bus, method, arguments) -> available.get());
    }
}
