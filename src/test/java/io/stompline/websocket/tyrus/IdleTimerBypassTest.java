package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.core.TyrusSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleTimerBypassTest {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final FakeServer.Container container = new FakeServer.Container();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void idleTimer_withoutTimeout_isNotScheduled() throws Exception {
        ScheduledExecutorService bypassed = bypassed();
        // It would reject a task now.
        executor.shutdown();
        assertThat(bypassed.schedule(idleTimer(), 0, TimeUnit.MILLISECONDS).isDone())
                .isFalse();
    }

    @Test
    void idleTimer_withTimeout_isScheduled() throws Exception {
        var unused = bypassed().schedule(idleTimer(), 1, TimeUnit.HOURS);
        assertThat(executor.getQueue()).hasSize(1);
    }

    @Test
    void idleTimer_otherTasks_areScheduled() throws Exception {
        List<String> done = List.of("done");
        assertThat(bypassed().schedule(() -> done, 0, TimeUnit.MILLISECONDS).get())
                .isSameAs(done);
    }

    private ScheduledExecutorService bypassed() throws ReflectiveOperationException {
        container.managedScheduledExecutorService.shutdownNow();
        container.managedScheduledExecutorService = executor;
        IdleTimerBypass.apply(FakeServer.KNOWN, container);
        return container.managedScheduledExecutorService;
    }

    private static Runnable idleTimer() throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName("org.glassfish.tyrus.core.TyrusSession$IdleTimeoutCommand")
                .getDeclaredConstructor(TyrusSession.class);
        constructor.setAccessible(true);
        return (Runnable) constructor.newInstance((Object) null);
    }
}
