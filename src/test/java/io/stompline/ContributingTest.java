package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table "How to add …" of CONTRIBUTING.md and the journeys of the map name what is there. */
class ContributingTest {
    private static final Path PACKAGES = Path.of("src/main/java/io/stompline");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A path, perhaps with a method of the class there. */
    private static final Pattern PATH = Pattern.compile("(\\w[\\w-]*(?:/[\\w-]+)+(?:\\.(?:js|xml))?)(?:\\.(\\w+))?");

    /** A class, perhaps with a member. */
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?");

    /** A class with its package, perhaps with a member, or a class whose name is of several words. */
    private static final Pattern OF_JOURNEY =
            Pattern.compile("\\b((?:[a-z]+\\.)+)([A-Z]\\w*(?:\\.\\w+)?)|\\b[A-Z][a-z]+[A-Z]\\w*");

    private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(?:js|xml)");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");

    private final Set<String> fileNames = new TreeSet<>(Set.of("pom.xml"));

    /** Texts of files by the classes that they declare. */
    private final Map<String, List<String>> sources = new HashMap<>();

    ContributingTest() throws IOException {
        for (String root : List.of("src/main", "src/test/java")) {
            try (Stream<Path> found = Files.walk(Path.of(root))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    note(file);
                }
            }
        }
    }

    private void note(Path file) throws IOException {
        String name = file.getFileName().toString();
        fileNames.add(name);
        if (name.endsWith(".java")) {
            String text = Files.readString(file);
            DECLARED.matcher(text)
                    .results()
                    .forEach(type -> sources.computeIfAbsent(type.group(1), first -> new ArrayList<>())
                            .add(text));
        }
    }

    @Test
    void contributing_rows_areLabelled() throws IOException {
        assertThat(rows())
                .extracting(row -> row.substring(4, 7))
                .containsExactly("(a)", "(b)", "(c)", "(c)", "(d)", "(e)", "(f)", "(g)");
    }

    @Test
    void contributing_filesOfTheTable_exist() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String row : rows()) {
            CODE.matcher(row).results().forEach(found -> names.add(found.group(1)));
        }
        assertThat(names).hasSizeGreaterThan(80).allMatch(this::exists);
    }

    @Test
    void map_classesOfTheJourneys_exist() throws IOException {
        String map = Files.readString(PACKAGES.resolve("package-info.java"));
        String journeys = map.substring(map.indexOf("<h2>A SEND"), map.indexOf("<h2>Glossary"));
        assertThat(namesOfJourney(journeys)).hasSizeGreaterThan(25).allMatch(this::exists);
        assertThat(namesOfJourney("session.NoSuch.method jakarta.jms.Message of a NoSuchClass over WebSocket"))
                .containsExactly("session/NoSuch.method", "NoSuchClass")
                .noneMatch(this::exists);
    }

    /** As the table would name them. */
    private static List<String> namesOfJourney(String text) {
        return OF_JOURNEY
                .matcher(text)
                .results()
                .filter(found ->
                        !found.group().startsWith("jakarta.") && !found.group().equals("WebSocket"))
                .map(found ->
                        found.group(1) == null ? found.group() : found.group(1).replace('.', '/') + found.group(2))
                .toList();
    }

    @Test
    void contributing_wrongName_isFound() {
        assertThat(List.of("session/FirstMessage", "session/Login.logOut", "Outbox.hasNoRoom", "NoSuchClass", "no.js"))
                .noneMatch(this::exists);
        assertThat(List.of("session/Login", "security", "Outbox.hasMuchRoom", "Way", "frame-words.js", "x-dropped"))
                .allMatch(this::exists);
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("CONTRIBUTING.md")).stream()
                .filter(line -> line.startsWith("| **"))
                .toList();
    }

    /** Whether there is such a path, class, member or file; true of all other words. */
    private boolean exists(String name) {
        Matcher path = PATH.matcher(name);
        if (path.matches()) {
            Path source = PACKAGES.resolve(path.group(1) + ".java");
            return path.group(2) == null
                    ? Stream.of(source, PACKAGES.resolve(name), Path.of("src/main", name), Path.of(name))
                            .anyMatch(Files::exists)
                    : Files.exists(source) && says(source, path.group(2));
        }
        Matcher type = CLASS.matcher(name);
        if (type.matches()) {
            return sources.getOrDefault(type.group(1), List.of()).stream().anyMatch(text -> says(text, type.group(2)));
        }
        return !FILE.matcher(name).matches() || fileNames.contains(name);
    }

    private static boolean says(Path file, String word) {
        try {
            return says(Files.readString(file), word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True of no word, too. */
    private static boolean says(String text, String word) {
        return word == null
                || Pattern.compile("\\b" + word + "\\b").matcher(text).find();
    }
}
