package io.stompline.jms;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** JMS objects whose calls pass through a test, and so do those of what they create. */
final class Intercepted {
    /** Carries the call out. */
    @FunctionalInterface
    interface Call {
        Object carryOut() throws Throwable;
    }

    /** Sees every call. */
    @FunctionalInterface
    interface Interceptor {
        /** Gives what the caller gets. */
        Object on(Object target, String method, Call call) throws Throwable;
    }

    private Intercepted() {}

    static Connection connection(Connection real, Interceptor interceptor) {
        return proxy(Connection.class, real, interceptor);
    }

    static Session session(Session real, Interceptor interceptor) {
        return proxy(Session.class, real, interceptor);
    }

    private static <T> T proxy(Class<T> type, T real, Interceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = interceptor.on(real, method.getName(), () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
                    return wrapped(result, interceptor);
                }));
    }

    private static Object wrapped(Object result, Interceptor interceptor) {
        if (result instanceof Session session) {
            return session(session, interceptor);
        }
        if (result instanceof MessageProducer producer) {
            return proxy(MessageProducer.class, producer, interceptor);
        }
        return result instanceof MessageConsumer consumer
                ? proxy(MessageConsumer.class, consumer, interceptor)
                : result;
    }
}
