package io.stompline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps documents and texts true to the table of settings. {@code -Dsettings.write=true} writes the page anew. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/settings.md");

    private static final Pattern KEY = Pattern.compile("(?<![\\w/.-])stompline\\.[a-z]+(?:[.-][a-z]+)*");

    /** What begins like a key and is none: files, JMS names, the start of keys that the start class sets, a host. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "stompline.war",
            "stompline.js",
            "stompline.users",
            "stompline.nodes",
            "stompline.commits",
            "stompline.dead",
            "stompline.adapter",
            "stompline.example.org");

    private static final Path SOURCES = Path.of("src/main/java/io/stompline");
    private static final Set<String> WITH_KEYS = Set.of("config", "server", "tls", "grizzly", "openmq");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\n]*\"");

    /** A default that the start class repeats, for it is in another JAR. */
    private static final Pattern START_DEFAULT =
            Pattern.compile("setting\\(\"(stompline\\.[^\"]+)\"\\)\\s*\\.orElse\\(\"([^\"]*)\"\\)");

    /** A row of the table in the page on deployment. */
    private static final Pattern DEPLOYMENT_ROW =
            Pattern.compile("(?m)^\\| `(stompline\\.[^`]+)` \\| `?([^|`]*?)`? \\|");

    private static final String HEAD = """
            # Settings

            Each can be set as a system property (`-Dstompline.…`), as an environment variable, or in any other source of
            MicroProfile Config, such as `META-INF/microprofile-config.properties` of the application. Wrong values stop the
            deployment, all of them named together; a key that does not exist is a warning that names the nearest one.

            A setting that is "read by the start class" is read before the application is there: only a system property or an
            environment variable sets it. The start class is the main class of `stompline-server.jar`.

            Times are written as `500ms`, `30s`, `5m`, `2h`, `1d`, as ISO 8601 such as `PT10S`, or as a number of milliseconds, and are at
            most 365 days. A number without a unit, less than 1000 and than a tenth of the default, is a warning at the start: whoever
            writes `30` may mean `30s`. Connections are checked once a second, so
            `connect-timeout`, `frame.timeout`, `ping.interval`, `ping.timeout`, `token.grace`, `transaction.timeout` and
            `outbox.stall-timeout` may end up to a second late. The size of a frame is that of command, headers and body together, in octets.

            This page is made from the table in the code: `mvn -q test -Dtest=SettingsPageTest -Dsettings.write=true`.
            """;

    @Test
    void setting_page_isGeneratedFromTheTable() throws IOException {
        String page = page();
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void setting_keysInCodeDocumentsAndCommands_areInTheTable() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (Path file : documents()) {
            KEY.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group())
                    .filter(key -> Setting.isUnknown(key) && !NO_SETTINGS.contains(key) && !isPartOfAKey(key))
                    .forEach(key -> unknown.add(key + " in " + file));
        }
        assertThat(unknown).isEmpty();
    }

    /** But for the table itself, and the start class with what runs beside it: they are in other JARs. */
    @Test
    void setting_keysInTexts_areTakenFromTheTable() throws IOException {
        Set<String> byHand = new TreeSet<>();
        for (Path file : documents()) {
            if (file.startsWith(SOURCES)
                    && !WITH_KEYS.contains(SOURCES.relativize(file).getName(0).toString())) {
                TEXT.matcher(Files.readString(file))
                        .results()
                        .flatMap(text -> KEY.matcher(text.group()).results())
                        .map(MatchResult::group)
                        .filter(key -> !Setting.isUnknown(key))
                        .forEach(key -> byHand.add(key + " in " + file));
            }
        }
        assertThat(byHand).isEmpty();
    }

    @Test
    void setting_defaultsInTheStartClass_areThoseOfTheTable() throws IOException {
        String start = Files.readString(Path.of("src/main/java/io/stompline/server/Start.java"));
        assertThat(defaults(START_DEFAULT, start)).hasSize(4).isEqualTo(defaultsOfTheTable(START_DEFAULT, start));
        long frames = Long.parseLong(Setting.WEBSOCKET_MAX_BYTES.defaultValue());
        assertThat(start)
                .contains("WEBSOCKET_BYTES = "
                        + String.format(Locale.ROOT, "%,d", frames).replace(',', '_') + ";");
        assertThat(Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml")))
                .contains("${MPCONFIG=" + Setting.WEBSOCKET_MAX_BYTES.key() + ":" + frames + "}");
    }

    @Test
    void setting_defaultsInTheDeploymentPage_areThoseOfTheTable() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/deployment.md"));
        assertThat(defaults(DEPLOYMENT_ROW, page)).isNotEmpty().isEqualTo(defaultsOfTheTable(DEPLOYMENT_ROW, page));
    }

    private static Map<String, String> defaults(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static Map<String, String> defaultsOfTheTable(Pattern pattern, String text) {
        Set<String> keys = defaults(pattern, text).keySet();
        return Arrays.stream(Setting.values())
                .filter(setting -> keys.contains(setting.key()))
                .collect(Collectors.toMap(Setting::key, Setting::defaultValue));
    }

    /** A document may name several by what they have in common, such as {@code stompline.jms.*}. */
    private static boolean isPartOfAKey(String text) {
        return Arrays.stream(Setting.values()).map(Setting::key).anyMatch(key -> key.startsWith(text + "."));
    }

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        for (String root : List.of("src/main/java", "src/main/webapp", "src/site/markdown", "server-config")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().contains("vendor"))
                        .forEach(all::add);
            }
        }
        return all.stream().filter(SettingsPageTest::isText).toList();
    }

    private static boolean isText(Path file) {
        return Pattern.compile("\\.(java|md|asadmin|options|properties|xml|html|js)$")
                .matcher(file.toString())
                .find();
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Setting.Group group : Setting.Group.values()) {
            page.append("\n## ").append(group.title()).append("\n");
            page.append(
                    "\n| key, environment variable | default | range | sets | search words |\n|---|---|---|---|---|\n");
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.group() == group)
                    .map(SettingsPageTest::row)
                    .forEach(page::append);
        }
        return page.toString();
    }

    private static String row(Setting setting) {
        return Stream.of(
                        "`" + setting.key() + "`<br/>`" + setting.environmentVariable() + "`",
                        setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                        range(setting),
                        setting.sentence() + fallbacks(setting),
                        setting.searchWords())
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String fallbacks(Setting setting) {
        return setting.fallbacks().isEmpty()
                ? ""
                : setting.fallbacks().stream().collect(Collectors.joining("` or `", "; if it is not set, `", "`"));
    }

    private static String range(Setting setting) {
        return switch (setting.type()) {
            case NUMBER -> setting.min() + " to " + setting.max();
            case OCTETS, CHARS ->
                setting.min() + " to " + setting.max() + " " + setting.type().unit();
            case TIME ->
                "from " + setting.min() + " ms"
                        + (setting.max() < Setting.LONGEST.toMillis() ? " to " + setting.max() + " ms" : "");
            case LIST -> setting.type().unit();
            case TEXT, PATH -> "";
            case FLAG -> "true or false";
        };
    }
}
