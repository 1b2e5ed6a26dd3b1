package io.stompline.server;

import java.net.URI;

/**
 * A server with the demo for end-to-end tests, whichever the build has chosen.
 *
 * <p>Test classes that need nothing else of their server have the tag {@link #ANY}: {@code mvn -Ppayara-server verify} runs them
 * again, on a full Payara Server.
 */
public interface Server extends AutoCloseable {
    /** The tag of tests that may run against any server. */
    String ANY = "any-server";

    /** Starts one, on a free port of the loopback address, and waits until the demo is deployed. */
    static Server withDemo() {
        return PayaraServer.isChosen()
                ? PayaraServer.withDemo()
                : ServerProcess.demo().start();
    }

    /** An address below the application's root, {@code path} with a leading slash. */
    URI uri(String path);

    /** Where STOMP is spoken. */
    URI stompUri();

    /** Asks it to stop and waits until it has; idempotent. */
    @Override
    void close();
}
