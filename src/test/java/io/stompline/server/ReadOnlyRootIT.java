package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as its image runs it: without rights, on a read-only file system but for {@code /data} and {@code /tmp}. */
class ReadOnlyRootIT {
    private static final String RULES = "allow everyone send,subscribe /queue/kept\n";

    @TempDir
    private Path directory;

    @Test
    void readOnlyRoot_persistentMessage_isKeptOverARestart() throws Exception {
        assumeTrue(ReadOnlyRoot.isPossible(), "this machine does not let the tests mount");
        Files.writeString(directory.resolve("my.rules"), RULES);
        Path data = Files.createDirectory(directory.resolve("data"));
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> launcher = ReadOnlyRoot.launcher(data, temporary);
        try (ServerProcess server = start(launcher, data, temporary);
                Clients clients = new Clients(server.stompUri())) {
            Clients.send(clients.connect(), "/queue/kept", "still here");
            assertNothingFailed(server);
        }
        try (ServerProcess server = start(launcher, data, temporary);
                Clients clients = new Clients(server.stompUri())) {
            RawClient reader = clients.subscriber("/queue/kept");
            assertThat(ReceivedFrame.next(reader).body()).isEqualTo("still here");
            assertNothingFailed(server);
        }
    }

    private ServerProcess start(List<String> launcher, Path data, Path temporary) throws IOException {
        return ServerProcess.demo()
                .launcher(launcher)
                .data(data)
                .with("java.io.tmpdir", temporary.toString())
                .environment("STOMPLINE_RULES_REQUIRED", "true")
                .environment(
                        "STOMPLINE_RULES_FILE", directory.resolve("my.rules").toString())
                .start();
    }

    private static void assertNothingFailed(ServerProcess server) {
        assertThat(server.log())
                .noneMatch(line -> line.contains("Read-only file system")
                        || line.contains("Permission denied")
                        || line.contains("AccessDenied")
                        || line.contains("SEVERE"));
    }
}
