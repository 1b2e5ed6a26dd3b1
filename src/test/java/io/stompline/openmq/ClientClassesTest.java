package io.stompline.openmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.messaging.jmq.jmsclient.SessionImpl;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientClassesTest {
    /** In a loader of its own, for another test may have loaded the class here. */
    @Test
    void load_staticException_isMadeWithoutTheClassesOfTheCaller() throws Exception {
        URL[] needed = {location(ClientClasses.class), location(SessionImpl.class), location(jakarta.jms.Session.class)
        };
        try (URLClassLoader fresh = new URLClassLoader(needed, ClassLoader.getPlatformClassLoader())) {
            Method load = fresh.loadClass(ClientClasses.class.getName()).getDeclaredMethod("load");
            load.setAccessible(true);
            load.invoke(null);
            Field broken = fresh.loadClass(SessionImpl.class.getName()).getDeclaredField("connectionBrokenEx");
            broken.setAccessible(true);
            assertThat(Stream.of(((Exception) broken.get(null)).getStackTrace()).map(StackTraceElement::getClassName))
                    .contains(SessionImpl.class.getName())
                    .doesNotContain(getClass().getName());
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
