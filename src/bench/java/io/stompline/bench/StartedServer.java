package io.stompline.bench;

import io.stompline.server.ServerProcess;
import java.net.URI;
import java.time.Duration;

/** The server that is measured: {@code target/server} as it is, but with local topics and without a limit of connections per user. */
final class StartedServer implements AutoCloseable {
    private final ServerProcess process = ServerProcess.demo()
            .with("stompline.local-topics", Scenario.LOCAL + "**")
            .with("stompline.connections.max-per-user", "0")
            .start();
    private final ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();

    URI uri() {
        return process.stompUri();
    }

    /** CPU time that it has used since it was started. */
    Duration cpu() {
        return handle.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
