package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.WithoutLibrary;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpenMqBacklogsTest {
    @Test
    void trim_applicationThatDoesNotSeeTheBroker_saysSoOnceAndGoesOn() throws ReflectiveOperationException {
        ClassLoader application = new WithoutLibrary("com.sun.messaging.");
        Constructor<?> constructor =
                application.loadClass(OpenMqBacklogs.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        Object backlogs = constructor.newInstance();
        Method trim = backlogs.getClass().getDeclaredMethod("trim", long.class, Consumer.class);
        trim.setAccessible(true);
        Consumer<Object> losses = loss -> {};
        try (LogLines log = new LogLines(OpenMqBacklogs.class)) {
            trim.invoke(backlogs, 1_000L, losses);
            trim.invoke(backlogs, 1_000L, losses);
            assertThat(log.warnings()).singleElement().asString().contains("durable subscriptions have no limit");
        }
    }
}
