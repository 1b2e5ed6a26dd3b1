package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.WithoutLibrary;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class OpenMqBacklogsTest {
    @Test
    void trim_applicationThatDoesNotSeeTheBroker_saysSoOnceAndGoesOn() throws ReflectiveOperationException {
        ClassLoader application = new WithoutLibrary("com.sun.messaging.");
        Constructor<?> constructor =
                application.loadClass(OpenMqBacklogs.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        Object backlogs = constructor.newInstance();
        Class<?> listener = application.loadClass(DurableBacklogs.Listener.class.getName());
        Method trim = backlogs.getClass().getDeclaredMethod("trim", long.class, listener);
        trim.setAccessible(true);
        Object deaf = Proxy.newProxyInstance(application, new Class<?>[] {listener}, (proxy, method, values) -> null);
        try (LogLines log = new LogLines(OpenMqBacklogs.class)) {
            trim.invoke(backlogs, 1_000L, deaf);
            trim.invoke(backlogs, 1_000L, deaf);
            assertThat(log.warnings()).singleElement().asString().contains("durable subscriptions have no limit");
        }
    }
}
