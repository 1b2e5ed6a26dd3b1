package io.stompline.websocket.tyrus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps idle timers without a timeout away from the executor of Tyrus' container.
 *
 * <p>Tyrus (seen in 2.1.5) schedules a task on the container's executor with each message that it sends or receives,
 * also without an idle timeout, and Payara captures the whole context of the caller for it: more than half of the CPU
 * time of a message.
 */
final class IdleTimerBypass {
    private static final PrivateField EXECUTOR = new PrivateField("managedScheduledExecutorService");
    private static final String IDLE_TIMER = "org.glassfish.tyrus.core.TyrusSession$IdleTimeoutCommand";

    /** Stands for a timer that never goes off. */
    private static final ScheduledFuture<Object> NEVER = new Never();

    private IdleTimerBypass() {}

    static void apply(ServerClasses server, Object container) throws ReflectiveOperationException {
        var unused = server.ofTyrus(IDLE_TIMER);
        if (!(EXECUTOR.of(container) instanceof ScheduledExecutorService executor)) {
            throw new IllegalStateException(container.getClass().getName() + " has no managed executor");
        }
        EXECUTOR.set(container, withoutIdleTimers(executor));
    }

    private static Object withoutIdleTimers(ScheduledExecutorService executor) {
        return Proxy.newProxyInstance(
                IdleTimerBypass.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("schedule") && isEndless(arguments)) {
                        return NEVER;
                    }
                    try {
                        return method.invoke(executor, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Whether the first argument is an idle timer and the second, its timeout, is 0. */
    private static boolean isEndless(Object[] arguments) {
        return arguments[0].getClass().getName().equals(IDLE_TIMER) && arguments[1].equals(0L);
    }

    private static final class Never extends CompletableFuture<Object> implements ScheduledFuture<Object> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(Long.MAX_VALUE, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
