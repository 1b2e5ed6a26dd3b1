package io.stompline.jms;

import io.stompline.config.JmsSettings;
import io.stompline.server.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** An OpenMQ broker in this JVM, started once, reachable in both modes; it ends with the JVM. */
public final class EmbeddedBroker {
    /** Messages that one destination takes. */
    static final int CAPACITY = 1_000;

    /** How a client reaches it. */
    public enum Mode {
        DIRECT,
        TCP
    }

    private static EmbeddedBroker running;

    private final int port;

    private EmbeddedBroker(int port) {
        this.port = port;
    }

    public static synchronized EmbeddedBroker running() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    public JmsSettings settings(Mode mode, String deadMessageQueue) {
        return settings(mode, deadMessageQueue, 100);
    }

    JmsSettings settings(Mode mode, String deadMessageQueue, int prefetch) {
        String address = mode == Mode.DIRECT ? "mq://localhost/direct" : "mq://127.0.0.1:" + port + "/jms";
        return settings(address, deadMessageQueue, prefetch);
    }

    /** Long enough to be seen. */
    static final Duration REDELIVERY_DELAY = Duration.ofMillis(400);

    /** Settings for short waits and quick reconnects. */
    static JmsSettings settings(String address, String deadMessageQueue, int prefetch) {
        return new JmsSettings(
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                4,
                2 * 1024 * 1024,
                Duration.ofSeconds(2),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                3,
                REDELIVERY_DELAY,
                prefetch,
                0,
                deadMessageQueue);
    }

    private static EmbeddedBroker start() {
        try {
            int port = FreePorts.next();
            Path var = Files.createTempDirectory("broker");
            String home = System.getProperty("openmq.home");
            String[] arguments = {
                "-imqhome",
                home,
                "-libhome",
                home + "/lib",
                "-varhome",
                var.toString(),
                "-name",
                "test",
                "-port",
                Integer.toString(port),
                "-silent",
                "-Dimq.portmapper.hostname=127.0.0.1",
                "-Dimq.jms.tcp.hostname=127.0.0.1",
                "-Dimq.service.activelist=jms",
                "-Dimq.service_handler.mqdirect2.class=io.stompline.openmq.OrderedServiceFactory",
                "-Dimq.autocreate.destination.maxNumMsgs=" + CAPACITY
            };
            start(arguments);
            return new EmbeddedBroker(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By reflection, for the broker's classes are there when tests run, not when they are compiled. */
    private static void start(String[] arguments) throws ReflectiveOperationException {
        String runtime = "com.sun.messaging.jmq.jmsclient.runtime.";
        Class<?> brokerType = Class.forName(runtime + "BrokerInstance");
        Class<?> listenerType = Class.forName("com.sun.messaging.jmq.jmsservice.BrokerEventListener");
        Class<?> runtimeType = Class.forName(runtime + "ClientRuntime");
        Object broker = runtimeType
                .getMethod("createBrokerInstance")
                .invoke(runtimeType.getMethod("getRuntime").invoke(null));
        Object properties = brokerType.getMethod("parseArgs", String[].class).invoke(broker, (Object) arguments);
        Object listener = Proxy.newProxyInstance(
                listenerType.getClassLoader(),
                new Class<?>[] {listenerType},
                (proxy, method, values) -> method.getReturnType().equals(boolean.class) ? false : null);
        brokerType.getMethod("init", Properties.class, listenerType).invoke(broker, properties, listener);
        brokerType.getMethod("start").invoke(broker);
    }
}
