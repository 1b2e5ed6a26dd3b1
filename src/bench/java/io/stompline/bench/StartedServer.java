package io.stompline.bench;

import io.stompline.server.ServerProcess;
import java.util.Optional;

/**
 * A Stompline of our own: {@code target/server} as it is, but with a rule for each kind of topic, with compression for
 * those who offer it, and without a limit of connections per user.
 */
final class StartedServer implements MeasuredServer {
    static final String NAME = "Stompline";

    private final ServerProcess process = ServerProcess.demo()
            .with("stompline.local-topics", Scenario.LOCAL + "**")
            .with("stompline.history", Scenario.HISTORY + "** 100 5m")
            .with("stompline.last-value", Scenario.LAST_VALUE + "**")
            .with("stompline.presence", Scenario.PRESENCE + "**")
            .with("stompline.slow", Scenario.MAY_DROP + "** oldest 100")
            .with("stompline.compression", "on")
            .with("stompline.connections.max-per-user", "0")
            .start();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(process.stompUri(), "user1", "user1", true);
    }

    @Override
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
