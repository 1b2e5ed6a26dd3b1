package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.TestTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the pages for those who come from elsewhere has tests that prove it. */
class MigrationTableTest {
    /** The first cell of a row of the table below its head, or what is bold at the beginning of "What differs". */
    private static final Pattern LINE = Pattern.compile(
            "^\\| (?!Spring \\||RabbitMQ \\||OmniFaces \\|)([^|]+) \\|.*$|^- \\*\\*(.*?)\\*\\*", Pattern.MULTILINE);

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

    private static String text(MatchResult line) {
        return line.group(1) != null ? line.group(1) : line.group(2);
    }

    private static TestTable table() throws IOException {
        return TestTable.read(Path.of("src/test/migration.md"));
    }
}
