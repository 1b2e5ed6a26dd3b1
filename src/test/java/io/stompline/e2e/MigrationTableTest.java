package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.config.Setting;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.TestTable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the pages for those who come from elsewhere has tests that prove it, and names what there is. */
class MigrationTableTest {
    /** The first cell of a row of the table below its head, or what is bold at the beginning of "What differs". */
    private static final Pattern LINE = Pattern.compile(
            "^\\| (?!Spring \\||RabbitMQ \\||OmniFaces \\|)([^|]+) \\|.*$|^- \\*\\*(.*?)\\*\\*", Pattern.MULTILINE);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]+ \\| (.+) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Of a setting, a type, a method or something else that is written in camel case; not what is in a string. */
    private static final Pattern NAME = Pattern.compile(
            "(?:stompline|^)\\.[\\w.-]+|\\b[A-Z]\\w+|\\b[a-z]+[A-Z]\\w*|\\b\\w+(?=\\()|(?:\"[^\"]*\"|'[^']*')");

    private static final Path API = Path.of("src/main/java/io/stompline/api");

    /** Names of Java, Jakarta EE, JavaScript and stompjs, and what the reader has. */
    private static final Set<String> OF_OTHERS = Set.of(
            "Date",
            "Inject",
            "JSON",
            "Map",
            "Observes",
            "Principal",
            "String",
            "Valid",
            "activate",
            "brokerURL",
            "commandScript",
            "deactivate",
            "getName",
            "now",
            "onConnect",
            "onStompError",
            "onWebSocketClose",
            "parse",
            "refresh",
            "show",
            "subscribe");

    @ParameterizedTest
    @ValueSource(strings = {"from-spring", "from-rabbitmq", "from-omnifaces"})
    void migration_eachLineOfThePage_hasATest(String page) throws IOException {
        List<String> lines = LINE.matcher(Chapter.named(page).text())
                .results()
                .map(MigrationTableTest::text)
                .toList();
        assertThat(lines).hasSizeGreaterThan(10);
        assertThat(table().rows().stream()
                        .map(TestTable.Row::cells)
                        .filter(cells -> cells.get(0).equals(page))
                        .map(cells -> cells.get(1)))
                .containsExactlyElementsOf(lines);
    }

    @Test
    void migration_tests_existAndAreAllNamed() throws IOException {
        TestTable table = table();
        assertThat(table.unknownTests()).isEmpty();
        assertThat(table.tests()).containsAll(TestTable.testsOf(MigrationIT.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from-spring", "from-rabbitmq", "from-omnifaces"})
    void migration_rightCells_nameWhatThereIs(String page) throws Exception {
        Set<String> there = new TreeSet<>(OF_OTHERS);
        there.addAll(namesOfTheApi());
        Stream.of(Setting.values()).map(Setting::key).forEach(there::add);
        List<String> names = ROW.matcher(Chapter.named(page).text())
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .flatMap(code -> NAME.matcher(code.group(1)).results())
                .map(MatchResult::group)
                .filter(name -> !name.matches("[\"'].*"))
                .toList();
        assertThat(names)
                .hasSizeGreaterThan(3)
                .allSatisfy(name -> assertThat(there)
                        .anyMatch(known -> name.startsWith(".") ? known.endsWith(name) : known.equals(name)));
    }

    /** Of its types and their methods. */
    private static Set<String> namesOfTheApi() throws IOException, ClassNotFoundException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(API)) {
            for (Path file :
                    files.filter(file -> !file.endsWith("package-info.java")).toList()) {
                Class<?> type = Class.forName(
                        "io.stompline.api." + file.getFileName().toString().replace(".java", ""));
                names.add(type.getSimpleName());
                Stream.of(type.getDeclaredClasses()).map(Class::getSimpleName).forEach(names::add);
                Stream.of(type.getDeclaredMethods()).map(Method::getName).forEach(names::add);
            }
        }
        return names;
    }

    private static String text(MatchResult line) {
        return line.group(1) != null ? line.group(1) : line.group(2);
    }

    private static TestTable table() throws IOException {
        return TestTable.read(Path.of("src/test/migration.md"));
    }
}
