package io.stompline.server;

import java.net.URI;
import java.nio.file.Path;

/**
 * A server for end-to-end tests, on a free port of the loopback address, whichever the build has chosen.
 *
 * <p>Test classes that need nothing else of their server have the tag {@link #ANY}: {@code mvn -Ppayara-server verify}
 * runs them again, on a full Payara Server.
 */
public interface Server extends AutoCloseable {
    /** The tag of tests that may run against any server. */
    String ANY = "any-server";

    /** One with the demo. */
    static Builder demo() {
        return PayaraServer.isChosen() ? PayaraServer.demo() : ServerProcess.demo();
    }

    /** One with an application that carries Stompline's classes. */
    static Builder application(Path war) {
        return PayaraServer.isChosen()
                ? PayaraServer.application(war)
                : ServerProcess.product().war(war);
    }

    /** How to start a server. One thread at a time. */
    interface Builder {
        /** A setting of Stompline. */
        Builder with(String key, String value);

        /** Starts it and waits until the application is deployed. */
        Server start();
    }

    /** An address below the application's root, {@code path} with a leading slash. */
    URI uri(String path);

    /** Where STOMP is spoken. */
    URI stompUri();

    /** Asks it to stop and waits until it has; idempotent. */
    @Override
    void close();
}
