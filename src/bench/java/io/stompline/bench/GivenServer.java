package io.stompline.bench;

import java.net.URI;
import java.util.Optional;

/**
 * A server that somebody else started and will stop.
 *
 * <p>{@code bench.url} says where it is; {@code bench.name} what reports call it; {@code bench.pid} which process it
 * is; {@code bench.login} and {@code bench.passcode} who the clients are; {@code bench.no-receipts} that it answers no
 * SUBSCRIBE.
 */
record GivenServer(String name, Endpoint endpoint, Optional<ProcessHandle> process) implements MeasuredServer {

    /** The server of the system properties; empty if there is no {@code bench.url}. */
    static Optional<MeasuredServer> fromProperties() {
        return Optional.ofNullable(System.getProperty("bench.url"))
                .map(URI::create)
                .map(GivenServer::at);
    }

    private static MeasuredServer at(URI uri) {
        Endpoint endpoint = new Endpoint(
                uri,
                System.getProperty("bench.login", "guest"),
                System.getProperty("bench.passcode", "guest"),
                System.getProperty("bench.no-receipts") == null);
        Optional<ProcessHandle> process = Optional.ofNullable(Long.getLong("bench.pid"))
                .map(pid -> ProcessHandle.of(pid)
                        .orElseThrow(() -> new IllegalArgumentException("there is no process " + pid)));
        return new GivenServer(System.getProperty("bench.name", uri.getAuthority()), endpoint, process);
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
