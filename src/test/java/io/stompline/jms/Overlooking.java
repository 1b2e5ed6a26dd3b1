package io.stompline.jms;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** JMS objects whose consumers overlook that a listener is set for the first time, as OpenMQ's do when a message comes in that instant. */
final class Overlooking {
    private Overlooking() {}

    static Connection connection(Connection real) {
        return proxy(Connection.class, real);
    }

    static Session session(Session real) {
        return proxy(Session.class, real);
    }

    private static <T> T proxy(Class<T> type, T real) {
        AtomicBoolean listens = new AtomicBoolean();
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setMessageListener") && !listens.getAndSet(true)) {
                        return null;
                    }
                    return wrapped(call(real, method, arguments));
                }));
    }

    private static Object wrapped(Object result) {
        if (result instanceof Session session) {
            return session(session);
        }
        return result instanceof MessageConsumer consumer ? proxy(MessageConsumer.class, consumer) : result;
    }

    private static Object call(Object real, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
