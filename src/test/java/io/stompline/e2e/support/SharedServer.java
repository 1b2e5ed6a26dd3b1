package io.stompline.e2e.support;

import io.stompline.server.Server;
import java.net.URI;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One demo server with default settings for all test classes that are extended with it. */
public final class SharedServer implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedServer.class);

    private static Server server;

    /** Stops the server when all tests are through. */
    private record Running(Server server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Running.class, key -> new Running(Server.demo().start()), Running.class)
                .server();
    }

    public static URI uri() {
        return server.stompUri();
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
