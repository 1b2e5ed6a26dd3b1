package io.stompline.security.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void checkRules_right_printsTheTable() throws IOException {
        assertThat(check("allow  everyone send /topic/a  # why\nallow role:x send /app/{id} if anything\n"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("allow everyone send /topic/a", "allow role:x send /app/{id} if anything");
    }

    @Test
    void checkRules_faults_areAllNamed() throws IOException {
        assertThat(check("allow all send /topic/a\nallow everyone send /topic/a\ndeny everyone sent /topic/a\n"))
                .isEqualTo(1);
        assertThat(faults.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(directory.resolve("my.rules") + ":1: "))
                .anyMatch(line -> line.startsWith(directory.resolve("my.rules") + ":3: "));
        assertThat(out.size()).isZero();
    }

    @Test
    void checkRules_noSuchFile_isAFault() {
        assertThat(CheckRules.run(List.of("/no/such/file"), new PrintStream(out), new PrintStream(faults)))
                .isEqualTo(1);
        assertThat(faults.toString(StandardCharsets.UTF_8)).startsWith("/no/such/file: there is no such file");
    }

    @Test
    void checkRules_otherArguments_areToldTheUsage() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("a", "b"))) {
            assertThat(CheckRules.run(arguments, new PrintStream(out), new PrintStream(faults)))
                    .isEqualTo(1);
            assertThat(faults.toString(StandardCharsets.UTF_8)).contains("usage: check-rules FILE");
            faults.reset();
        }
        assertThat(out.size()).isZero();
    }

    private int check(String rules) throws IOException {
        Path file = Files.writeString(directory.resolve("my.rules"), rules);
        return CheckRules.run(
                List.of(file.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(faults, true, StandardCharsets.UTF_8));
    }
}
