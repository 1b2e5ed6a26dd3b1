package io.stompline.e2e.support;

import io.stompline.server.Server;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One demo server for all test classes that are extended with it, with default settings and access rules that allow
 * everything. It stops with this JVM: where the build runs test classes in several JVMs, JUnit believes each class to be
 * the last.
 */
public final class SharedServer implements BeforeAllCallback {
    /** Path of access rules that allow everything. */
    public static final String RULES =
            Path.of("src/test/resources/everything.rules").toAbsolutePath().toString();

    private static final class Running {
        static final Server SERVER = start();

        private static Server start() {
            Server started = Server.demo().with("stompline.rules.file", RULES).start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        uri();
    }

    /** The server; whoever counts on its log leaves out what was there before. */
    public static Server server() {
        return Running.SERVER;
    }

    public static URI uri() {
        return Running.SERVER.stompUri();
    }

    /** A WebSocket on which nothing was sent yet. */
    public static RawClient open() {
        return RawClient.open(uri());
    }

    /** A client that is connected as user1 with that version. */
    public static RawClient connected(String version) throws InterruptedException {
        return RawClient.connected(uri(), version);
    }
}
