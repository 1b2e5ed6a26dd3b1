package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.Maven;
import io.stompline.e2e.support.StarterPage;
import io.stompline.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three steps of the guide, from Stompline's sources to a push in a browser, and a change that the server takes. */
@Tag("long")
class ArchetypeIT {
    private static final Path GUIDE = Path.of("src/site/markdown/quick-start.md");
    private static final List<String> SOURCES =
            List.of("pom.xml", "NOTICE", "SECURITY.md", ".mvn", "server-config", "src");
    private static final String READY = "Stompline is ready";
    private static final String ADDRESS = "  http://localhost:%d/";

    @TempDir
    private Path scratch;

    @Test
    void archetype_threeStepsOfTheGuide_endWithAPushInTheBrowser() throws Exception {
        Path repository = scratch.resolve("repository");
        Maven maven = Maven.withRepository(repository);
        maven.run(copyOfTheSources(), offline(step(1)));
        assertThat(entries(installed(repository, "-classes.jar"))).contains("io/stompline/api/OnSend.class");
        assertThat(entries(installed(repository, "-sources.jar"))).contains("io/stompline/api/OnSend.java");
        assertThat(entries(installed(repository, "-javadoc.jar"))).contains("io/stompline/api/OnSend.html");
        assertThat(entries(installed(repository, "-server.zip"))).contains("stompline-server.jar", "stompline.war");
        Path workplace = Files.createDirectory(scratch.resolve("workplace"));
        maven.run(workplace, step(2));
        Path project = workplace.resolve("hello");

        int port = FreePorts.next();
        String history = "/topic/greetings 10 5m, /topic/a:b=c 20 1h";
        try (Maven.Run server =
                        maven.start(project, offline(List.of("-Dport=" + port, "-Dstompline.history=" + history)));
                Chromium chromium = Chromium.launch()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> isReady(server));
            assertThat(server.lines()).contains(ADDRESS.formatted(port));
            assertThat(server.lines())
                    .noneMatch(line -> line.contains("WARNING"))
                    .anyMatch(line -> line.endsWith("History (stompline.history): " + history));
            assertThat(libraries(project)).noneMatch(name -> name.matches("(chart|marked).*"));

            Page page = chromium.browser().newPage();
            page.navigate(ADDRESS.formatted(port).strip());
            StarterPage ann = new StarterPage(page).logIn("ann", "ann");
            assertThat(ann.message("The server says hello").first()).isVisible();

            replace(project.resolve("src/main/java/com/example/Greetings.java"), "says hello", "has changed");
            maven.run(project, offline(List.of("-q", "package")));
            await().atMost(Duration.ofMinutes(3)).until(() -> deployments(server) == 2);
            // A page that nobody looks at waits up to 30 s between two attempts to connect.
            assertThat(ann.message("The server has changed").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        }
    }

    /** The command of a step of the guide, without {@code mvn}. */
    private static List<String> step(int number) throws IOException {
        List<String> commands = Pattern.compile("(?m)^ +mvn\\b((?:.*\\\\\\n)*.*)$")
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1).replace("\\\n", " ").strip())
                .toList();
        return List.of(commands.get(number - 1).split(" +"));
    }

    private static List<String> offline(List<String> arguments) {
        return Stream.concat(Stream.of("-o"), arguments.stream()).toList();
    }

    private static boolean isReady(Maven.Run server) {
        assertThat(server.isAlive()).as("%s", server.lines()).isTrue();
        return server.lines().contains(READY);
    }

    private static long deployments(Maven.Run server) {
        return server.lines().stream()
                .filter(line -> line.endsWith("The application at / is deployed, its endpoint is /stomp"))
                .count();
    }

    private static List<String> libraries(Path project) throws IOException {
        return entries(project.resolve("target/hello.war")).stream()
                .filter(name -> name.startsWith("WEB-INF/lib/"))
                .map(name -> name.replace("WEB-INF/lib/", ""))
                .toList();
    }

    /** The only file of the artifact stompline whose name ends so. */
    private static Path installed(Path repository, String end) throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve("io/stompline/stompline"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).as(end).hasSize(1);
            return found.get(0);
        }
    }

    private static List<String> entries(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static void replace(Path file, String old, String text) throws IOException {
        String content = Files.readString(file);
        assertThat(content).contains(old);
        Files.writeString(file, content.replace(old, text));
    }

    private Path copyOfTheSources() throws IOException {
        Path copy = Files.createDirectory(scratch.resolve("stompline"));
        for (String name : SOURCES) {
            try (Stream<Path> files = Files.walk(Path.of(name))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file));
                }
            }
        }
        return copy;
    }
}
