package io.stompline.websocket.tyrus;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes Tyrus' idle timer out of the way of every message.
 *
 * <p>Tyrus (seen in 2.1.5) plans a task on the container's scheduled executor with each message that it sends or receives, even if
 * there is no idle timeout, and Payara captures the whole context of the caller for it: more than half of the work for a message.
 * There is no setting against it. So its WebSocket container gets an executor that hands on everything but idle timers without a
 * timeout. Where that is not possible (another implementation) nothing is changed; the log says so once.
 */
@WebListener
public class IdleTimerBypass implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(IdleTimerBypass.class.getName());
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String EXECUTOR_FIELD = "managedScheduledExecutorService";
    private static final String IDLE_TIMER = "org.glassfish.tyrus.core.TyrusSession$IdleTimeoutCommand";

    /** What is returned for a timer that never goes off. */
    private static final ScheduledFuture<Object> NEVER = new Never();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Object container = event.getServletContext().getAttribute(CONTAINER);
        try {
            Field field = executorField(container.getClass());
            field.setAccessible(true);
            field.set(container, withoutIdleTimers((ScheduledExecutorService) field.get(container)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the idle timers of this WebSocket container stay in use; with Tyrus they would cost half of the work ({0})",
                    e.toString());
        }
    }

    private static Field executorField(Class<?> type) throws NoSuchFieldException {
        for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
            for (Field field : ancestor.getDeclaredFields()) {
                if (field.getName().equals(EXECUTOR_FIELD)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(type.getName() + "." + EXECUTOR_FIELD);
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

    /** Whether it is an idle timer whose timeout, the second argument, is none. */
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
