package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.stompline.config.Setting;
import io.stompline.e2e.support.Chapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void image_check_asksUntilTheServerIsReady() throws Exception {
        String check = all("HEALTHCHECK").get(0).replaceFirst(".* CMD ", "");
        List<String> command = List.of(new ObjectMapper().readValue(check.replace("/8080", "/%d"), String[].class));
        assertThat(command.subList(0, 2)).containsExactly("bash", "-c");
        AtomicInteger status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        String script = command.get(2).formatted(server.getAddress().getPort());
        try {
            assertThat(statusOf(script)).isNotZero();
            status.set(200);
            assertThat(statusOf(script)).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(statusOf(script)).isNotZero();
    }

    private static int statusOf(String script) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void image_commandsOfTheGuide_fitIt() throws IOException {
        List<String> commands = Chapter.named("deployment")
                .blocks("sh")
                .get(0)
                .replaceAll("\\\\\\R\\s*", "")
                .lines()
                .toList();
        assertThat(commands.get(1)).isEqualTo("docker build -t stompline .");
        assertThat(commands.get(2)).startsWith("docker run -it --rm stompline hash alice ");
        assertThat(commands.get(3))
                .startsWith("docker run -p 8080:" + all("EXPOSE").get(0) + " -v stompline:"
                        + all("VOLUME").get(0) + " ")
                .endsWith(" stompline");
        // What is mounted is what the settings name.
        assertThat(commands.get(3))
                .contains("my.rules:/etc/stompline.rules:ro", "-e STOMPLINE_RULES_FILE=/etc/stompline.rules ")
                .contains("my.users:/etc/stompline.users:ro", "-e STOMPLINE_USERS_FILE=/etc/stompline.users ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "src/site/markdown/deployment.md"})
    void image_environmentVariables_areSettings(Path page) throws IOException {
        assertThat(Pattern.compile("STOMPLINE_[A-Z_]*[A-Z]")
                        .matcher(Files.readString(page))
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(Stream.of(Setting.values())
                        .map(Setting::environmentVariable)
                        .toList());
    }
}
