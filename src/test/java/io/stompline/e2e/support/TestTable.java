package io.stompline.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A table in Markdown whose last column names the tests that prove a row, as {@code Class.test}, separated by blanks.
 *
 * @param rows in their order
 */
public record TestTable(List<Row> rows) {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern TESTS = Pattern.compile("(?:\\w+\\.\\w+ ?)+");

    /**
     * One row.
     *
     * @param cells all but the last
     * @param tests those of the last
     */
    public record Row(List<String> cells, List<String> tests) {}

    public static TestTable read(Path file) throws IOException {
        return new TestTable(Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .filter(cells -> TESTS.matcher(cells.get(cells.size() - 1)).matches())
                .map(cells -> new Row(
                        cells.subList(0, cells.size() - 1),
                        List.of(cells.get(cells.size() - 1).split(" "))))
                .toList());
    }

    /** All tests that are named. */
    public Set<String> tests() {
        return rows.stream().flatMap(row -> row.tests().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that are named and do not exist. */
    public Set<String> unknownTests() {
        Set<String> unknown = tests();
        unknown.removeIf(test -> testsOf(test.substring(0, test.indexOf('.'))).contains(test));
        return unknown;
    }

    /** The tests of a class, as tables name them. */
    public static Set<String> testsOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(TestTable::isTest)
                .map(method -> type.getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of all classes of that name. */
    private static Set<String> testsOf(String className) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith(className + ".java"))
                    .flatMap(file -> testsOf(load(file)).stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(Path source) {
        String name = SOURCES.relativize(source).toString().replace(".java", "").replace('/', '.');
        try {
            return Class.forName(name, false, TestTable.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
