package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the image promises, as far as its Dockerfile says it. {@link ReadOnlyRootIT} runs the server as it does. */
class DockerfileTest {
    private static final String NOBODY = "65532";
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)passw|passcode|secret|token|credential|key");

    private final List<String> instructions = instructions();

    /** Without comments; an instruction that goes on in the next line is one. */
    private static List<String> instructions() {
        try {
            return Files.readString(Path.of("Dockerfile"))
                    .replaceAll("(?m)^#.*\\R", "")
                    .replaceAll("\\\\\\R\\s*", "")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> all(String keyword) {
        return instructions.stream()
                .filter(line -> line.startsWith(keyword + " "))
                .map(line -> line.substring(keyword.length() + 1))
                .toList();
    }

    @Test
    void image_base_isOneExactVersion() {
        assertThat(all("FROM")).singleElement().asString().matches("eclipse-temurin:17\\.[0-9.]+_\\d+-jre-noble(@.*)?");
    }

    @Test
    void image_user_isANumberWithoutRightsFromThereOn() {
        assertThat(all("USER")).containsExactly(NOBODY + ":" + NOBODY);
        int user = instructions.indexOf("USER " + NOBODY + ":" + NOBODY);
        assertThat(instructions.subList(user, instructions.size()))
                .noneMatch(line -> line.matches("(RUN|COPY|ADD) .*"));
        assertThat(instructions).noneMatch(line -> line.contains("chmod") || line.contains("setuid"));
    }

    @Test
    void image_files_areTheServerOfRootAndADataDirectoryOfTheUser() {
        assertThat(all("COPY")).containsExactly("target/server /opt/stompline");
        assertThat(all("RUN")).containsExactly("install -d -o " + NOBODY + " -g " + NOBODY + " -m 700 /data");
        assertThat(all("ADD")).isEmpty();
        assertThat(all("VOLUME")).containsExactly("/data");
    }

    @Test
    void image_context_isTheServerWithoutDemo() throws IOException {
        assertThat(Files.readAllLines(Path.of(".dockerignore")))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly("*", "!target/server", "target/server/stompline-demo.war");
    }

    @Test
    void image_environment_hasNoSecretAndRequiresRules() {
        assertThat(all("ENV")).containsExactly("STOMPLINE_RULES_REQUIRED=true");
        assertThat(all("ARG")).isEmpty();
        assertThat(all("LABEL")).noneMatch(label -> SECRET_NAME.matcher(label).find());
    }

    @Test
    void image_ports_areOne() {
        assertThat(all("EXPOSE")).containsExactly("8080");
    }

    @Test
    void image_command_isNoShellAndIsThatOfTheTests() {
        String command = all("ENTRYPOINT").get(0);
        assertThat(command)
                .isEqualTo("[\"java\", \"@jvm.options\", \"-Dstompline.http.address=0.0.0.0\","
                        + " \"-Dstompline.data=/data\", \"-jar\", \"stompline-server.jar\"]");
        assertThat(SECRET_NAME.matcher(command).find()).isFalse();
        assertThat(all("CMD")).isEmpty();
    }
}
