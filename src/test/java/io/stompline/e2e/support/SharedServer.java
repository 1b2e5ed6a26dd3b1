package io.stompline.e2e.support;

import io.stompline.server.Server;
import io.stompline.server.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One demo server for all test classes that need nothing else, extended with it or by {@link Browsers}. Its settings
 * are the default ones, but for access rules that allow everything and metrics for the role admin. It stops with this
 * JVM: where the build runs test classes in several JVMs, JUnit believes each class to be the last.
 *
 * <p>A start takes as much CPU time as some hundred tests, so a class has a server of its own only if it must. That is
 * one that stops the server, its message broker or what it lives on; that fills, floods or locks out what others use as
 * well (a store, a limit by address or user, the board of the demo); that needs a count from zero; or that expects of
 * the whole log what others have written, or made rare, before. Who shares it takes names of destinations that no other
 * class has, closes its connections, and expects no class before it, nor none.
 */
public final class SharedServer implements BeforeAllCallback {
    /** Path of access rules that allow everything. */
    public static final String RULES =
            Path.of("src/test/resources/everything.rules").toAbsolutePath().toString();

    private static final class Running {
        static final Server SERVER = start();

        private static Server start() {
            Server started = Server.demo()
                    .with("stompline.rules.file", RULES)
                    .with("stompline.metrics.role", "admin")
                    .start();
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

    /** The same where it is a process, as everywhere but with the tag {@link Server#ANY}. */
    public static ServerProcess process() {
        return (ServerProcess) Running.SERVER;
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
