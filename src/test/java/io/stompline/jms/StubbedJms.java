package io.stompline.jms;

import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Jakarta Messaging without a message broker: takes everything, and tells under which JMS names. Thread-safe. */
final class StubbedJms implements JmsProvider {
    private final ProviderDialect dialect;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, MessageListener> listeners = new ConcurrentHashMap<>();

    StubbedJms(ProviderDialect dialect) {
        this.dialect = dialect;
    }

    /** What was sent and consumed, such as {@code consume topic news.#}, and when producers were closed. */
    List<String> calls() {
        return calls;
    }

    /** Gives a text message of a topic to the consumer of that JMS name. */
    void deliver(String consumed, String topicName) {
        listeners.get(consumed).onMessage(stub(TextMessage.class, Map.of("getJMSDestination", topic(topicName))));
    }

    @Override
    public Connection connect(Use use) {
        return new Stub<>(Connection.class)
                .with("createSession", arguments -> session())
                .made();
    }

    @Override
    public void onLoss(Connection connection, Runnable listener) {
        // It is never lost.
    }

    @Override
    public Session pumpSession(Connection connection) {
        return session();
    }

    @Override
    public ProviderDialect dialect() {
        return dialect;
    }

    @Override
    public boolean acknowledgesIndividually() {
        return true;
    }

    @Override
    public void acknowledge(Message message) {
        calls.add("acknowledge");
    }

    @Override
    public boolean sharesRunningSessions() {
        return true;
    }

    @Override
    public boolean mayOpenTooEarly() {
        return false;
    }

    @Override
    public Optional<Reason> answer(JMSException failure) {
        return Optional.empty();
    }

    private Session session() {
        return new Stub<>(Session.class)
                .with("createTopic", arguments -> topic((String) arguments[0]))
                .with("createQueue", arguments -> queue((String) arguments[0]))
                .with("createTemporaryQueue", arguments -> stub(TemporaryQueue.class, Map.of("getQueueName", "temp")))
                .with("createConsumer", arguments -> consumer(arguments[0]))
                .with("createProducer", arguments -> producer())
                .with("createTextMessage", arguments -> stub(TextMessage.class, Map.of()))
                .with("createBytesMessage", arguments -> stub(BytesMessage.class, Map.of()))
                .made();
    }

    private MessageConsumer consumer(Object destination) {
        calls.add("consume " + destination);
        return new Stub<>(MessageConsumer.class)
                .with("setMessageListener", arguments -> {
                    String name = destination.toString();
                    return listeners.put(name.substring(name.indexOf(' ') + 1), (MessageListener) arguments[0]);
                })
                .made();
    }

    private MessageProducer producer() {
        return new Stub<>(MessageProducer.class)
                .with("send", arguments -> calls.add("send to " + arguments[0]))
                .with("close", arguments -> calls.add("close producer"))
                .made();
    }

    private static Topic topic(String name) {
        return stub(Topic.class, Map.of("getTopicName", name, "toString", "topic " + name));
    }

    private static Queue queue(String name) {
        return stub(Queue.class, Map.of("getQueueName", name, "toString", "queue " + name));
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        Stub<T> stub = new Stub<>(type);
        answers.forEach((method, answer) -> stub.with(method, arguments -> answer));
        return stub.made();
    }

    /** What a method answers. */
    @FunctionalInterface
    private interface Answer {
        Object to(Object[] arguments);
    }

    /** An object of an interface whose methods do nothing unless told otherwise. */
    private static final class Stub<T> {
        private final Class<T> type;
        private final Map<String, Answer> answers = new ConcurrentHashMap<>();

        Stub(Class<T> type) {
            this.type = type;
            with("equals", arguments -> false);
            with("hashCode", arguments -> System.identityHashCode(this));
            with("toString", arguments -> type.getSimpleName());
            with("getPropertyNames", arguments -> Collections.emptyEnumeration());
        }

        Stub<T> with(String method, Answer answer) {
            answers.put(method, answer);
            return this;
        }

        T made() {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        Answer answer = answers.get(method.getName());
                        Object given = answer == null ? null : answer.to(arguments);
                        return given == null || method.getReturnType().equals(void.class)
                                ? nothing(method.getReturnType())
                                : given;
                    }));
        }

        private static Object nothing(Class<?> type) {
            if (type.equals(boolean.class)) {
                return false;
            }
            if (type.equals(int.class)) {
                return 0;
            }
            return type.equals(long.class) ? (Object) 0L : null;
        }
    }
}
