package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.metrics.Meter;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider overlooks that a listener is set: what came before must not wait for what comes next. */
@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusListenerTest extends BusTest {
    private final BlockingQueue<Message> received = new Receiver<>();

    @BeforeEach
    void overlookListeners() {
        await().until(bus::isAvailable);
        provider.overlookListeners();
        await().until(() -> count(Meter.JMS_RECONNECTS) == 1);
    }

    @Test
    void listener_loneMessageOfAQueue_arrives() {
        publish(1);
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m0");
    }

    @Test
    void listener_loneMessageOfATopic_arrives() {
        bus.openTopic(topic, received::add);
        bus.publish(text(topic, "m0"));
        assertReceived("m0");
    }

    @Test
    void listener_loneReply_arrives() {
        Feed own = bus.openTemporaryQueue(received::add);
        bus.publish(text(own.address(), "m0"));
        assertReceived("m0");
    }

    private void assertReceived(String body) {
        assertThat(take(received, 1)).extracting(BusTest::body).containsExactly(body);
    }
}
