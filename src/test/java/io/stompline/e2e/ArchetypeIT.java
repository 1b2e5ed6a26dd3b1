package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.ConsolePage;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one does with Stompline's sources: the three steps of the guide, to a push in a browser and a change that the
 * server takes; the demo; the site.
 */
@Tag("long")
class ArchetypeIT {
    private static final Path GUIDE = Path.of("src/site/markdown/quick-start.md");
    private static final List<String> SOURCES =
            List.of("pom.xml", "NOTICE", "SECURITY.md", ".mvn", "server-config", "src");
    private static final String ADDRESS = "http://localhost:%d/";

    @TempDir
    private static Path scratch;

    private static Path repository;
    private static Maven maven;
    private static Path sources;

    @BeforeAll
    static void carryOutTheFirstStep() throws Exception {
        repository = scratch.resolve("repository");
        maven = Maven.withRepository(repository);
        sources = copyOfTheSources();
        maven.run(sources, offline(step(1)));
    }

    @Test
    void archetype_threeStepsOfTheGuide_endWithAPushInTheBrowser() throws Exception {
        assertThat(entries(installed(repository, "-classes.jar"))).contains("io/stompline/api/OnSend.class");
        assertThat(entries(installed(repository, "-sources.jar"))).contains("io/stompline/api/OnSend.java");
        assertThat(entries(installed(repository, "-javadoc.jar"))).contains("io/stompline/api/OnSend.html");
        assertThat(entries(installed(repository, "-server.zip"))).contains("stompline-server.jar", "stompline.war");
        Path workplace = Files.createDirectory(scratch.resolve("workplace"));
        maven.run(workplace, step(2));
        Path project = workplace.resolve("hello");
        assertThat(project.resolve(".gitignore")).hasContent("target/");

        int port = FreePorts.next();
        String history = "/topic/greetings 10 5m, /topic/a:b=c 20 1h";
        try (Maven.Run server =
                        maven.start(project, offline(List.of("-Dport=" + port, "-Dstompline.history=" + history)));
                Chromium chromium = Chromium.launch()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> isReady(server, ADDRESS.formatted(port)));
            assertThat(server.lines())
                    .noneMatch(line -> line.contains("WARNING"))
                    .anyMatch(line -> line.endsWith("History (stompline.history): " + history));
            assertThat(libraries(project)).noneMatch(name -> name.matches("(chart|marked).*"));

            Page page = chromium.browser().newPage();
            page.navigate(ADDRESS.formatted(port));
            StarterPage ann = new StarterPage(page).logIn("ann", "ann");
            assertThat(ann.message("The server says hello").first()).isVisible();

            replace(project.resolve("src/main/java/com/example/Greetings.java"), "says hello", "has changed");
            maven.run(project, offline(List.of("-q", "package")));
            await().atMost(Duration.ofMinutes(3)).until(() -> deployments(server) == 2);
            // A page that nobody looks at waits up to 30 s between two attempts to connect.
            assertThat(ann.message("The server has changed").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        }
        checkThatARenamedClassIsGone(project);
    }

    /** A handler that was deleted because anybody could call it must not stay in what the server deploys. */
    private static void checkThatARenamedClassIsGone(Path project) throws Exception {
        Path sources = project.resolve("src/main/java/com/example");
        Path deployed = project.resolve("target/hello");
        Files.move(sources.resolve("Greetings.java"), sources.resolve("Welcome.java"));
        replace(sources.resolve("Welcome.java"), "class Greetings", "class Welcome");
        Files.delete(project.resolve("src/main/webapp/favicon.svg"));
        maven.run(project, offline(List.of("-q", "package")));
        assertThat(deployed.resolve("WEB-INF/classes/com/example")).isDirectoryContaining("glob:**Welcome.class");
        assertThat(deployed.resolve("WEB-INF/classes/com/example/Greetings.class"))
                .doesNotExist();
        assertThat(deployed.resolve("favicon.svg")).doesNotExist();
        assertThat(deployed.resolve(".reload")).exists();
        assertThat(deployed.resolve("index.html")).exists();
    }

    @Test
    void site_ofTheSources_hasTheGuideAndTheJavadoc() throws Exception {
        maven.run(sources, offline(List.of("-q", "site")));
        assertThat(sources.resolve("target/site/index.html")).exists();
        assertThat(sources.resolve("target/site/guide/SECURITY.md")).exists();
        assertThat(sources.resolve("target/site/apidocs/io/stompline/api/OnSend.html"))
                .exists();
        assertThat(sources.resolve("target/site/apidocs/io/stompline/app")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"README.md, -Prun, http", "src/site/markdown/tls.md, '-Prun,tls', https"})
    void demo_commandOfThePage_startsIt(Path page, String profiles, String scheme) throws Exception {
        List<String> command = commands(page).stream()
                .filter(arguments -> arguments.contains(profiles))
                .findFirst()
                .orElseThrow();
        int port = FreePorts.next();
        String address = scheme + "://localhost:" + port + "/";
        try (Maven.Run server = maven.start(sources, withPort(offline(command), port));
                Chromium chromium = Chromium.launch()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> isReady(server, address));
            // Nobody has signed the certificate.
            Page console = chromium.browser()
                    .newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))
                    .newPage();
            console.navigate(address);
            new ConsolePage(console).connectAs("user1");
        }
    }

    private static List<String> withPort(List<String> arguments, int port) {
        return Stream.concat(arguments.stream(), Stream.of("-Dport=" + port)).toList();
    }

    /** The command of a step of the guide, without {@code mvn}. */
    private static List<String> step(int number) throws IOException {
        return commands(GUIDE).get(number - 1);
    }

    /** The commands of Maven in the blocks of a page, without {@code mvn} and without what a comment says. */
    private static List<List<String>> commands(Path page) throws IOException {
        return Pattern.compile("(?m)^ *mvn\\b((?:[^#\n]*\\\\\\n)*[^#\n]*)(?:#.*)?$")
                .matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1).replace("\\\n", " ").strip())
                .map(command -> List.of(command.split(" +")))
                .toList();
    }

    private static List<String> offline(List<String> arguments) {
        return Stream.concat(Stream.of("-o"), arguments.stream()).toList();
    }

    /** Whether it has said so, and where. */
    private static boolean isReady(Maven.Run server, String address) {
        assertThat(server.isAlive()).as("%s", server.lines()).isTrue();
        return server.lines().containsAll(List.of("Stompline is ready", "  " + address));
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

    private static Path copyOfTheSources() throws IOException {
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
