package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.jms.message.SendOptions;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ProducerPoolTest {
    private static final SendOptions OPTIONS = new SendOptions(DeliveryMode.PERSISTENT, 4, 0, 0, false);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger closed = new AtomicInteger();
    private final ProducerPool pool = new ProducerPool(connection(), false, 2, 500, Duration.ofSeconds(1), now::get);
    private final Queue queue = stub(Queue.class, method -> null);

    @Test
    void tidy_producerThatHasSent_isReplacedWhenItIsOld() throws JMSException {
        send();
        later(ProducerSession.MAX_AGE.minusMillis(1));
        pool.tidy();
        assertThat(closed).hasValue(0);
        later(Duration.ofMillis(1));
        pool.tidy();
        assertThat(closed).hasValue(1);
        send();
        pool.tidy();
        assertThat(closed).as("it is new").hasValue(1);
    }

    @Test
    void tidy_producerThatHasSentNothing_stays() throws JMSException {
        pool.use(session -> {});
        later(ProducerSession.MAX_AGE.multipliedBy(10));
        pool.tidy();
        assertThat(closed).hasValue(0);
    }

    @Test
    void tidy_sessionInUse_isLeftAlone() throws JMSException {
        send();
        later(ProducerSession.MAX_AGE);
        pool.use(session -> pool.tidy());
        assertThat(closed).hasValue(0);
        pool.tidy();
        assertThat(closed).hasValue(1);
    }

    private void send() throws JMSException {
        pool.use(session -> session.send(queue, session.session().createMessage(), OPTIONS));
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Connection connection() {
        return stub(Connection.class, method -> session());
    }

    private Session session() {
        return stub(Session.class, method -> method.equals("createProducer") ? producer() : null);
    }

    private MessageProducer producer() {
        return stub(MessageProducer.class, method -> method.equals("close") ? closed.incrementAndGet() : null);
    }

    @SuppressWarnings("ReferenceEquality") // a stub equals itself only
    private static <T> T stub(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> answers.apply(method.getName());
                }));
    }
}
