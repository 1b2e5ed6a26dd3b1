package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.server.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package of {@code src/main/js}, by its own tests under Node.js. */
class StomplineJsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/js"))) {
            return files.filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void stomplineJs_testsOfAFile_pass(Path file) throws Exception {
        // An ended module with a failed test has the exit status 1.
        assertThat(Node.run("import '" + file.toAbsolutePath().toUri() + "';", LIMIT))
                .containsPattern("\\bpass [1-9]")
                .containsPattern("\\bfail 0\\b");
    }
}
