package io.stompline.jms;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Consumers overlook that a listener is set for the first time, as OpenMQ's do when a message comes in that instant.
 */
final class Overlooking implements Intercepted.Interceptor {
    private final Set<Object> listening = ConcurrentHashMap.newKeySet();

    @Override
    public Object on(Object target, String method, Intercepted.Call call) throws Throwable {
        return method.equals("setMessageListener") && listening.add(target) ? null : call.carryOut();
    }
}
