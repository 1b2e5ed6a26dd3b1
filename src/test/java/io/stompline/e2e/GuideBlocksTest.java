package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.TestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each block of code of the README and the guide, and each command in a sentence, is in {@code blocks.md}: with its
 * test, or with how it is tried by hand.
 */
class GuideBlocksTest {
    private static final Path TABLE = Path.of("src/test/blocks.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([\\w-]+) \\| (\\w+ \\d+) \\| \\S.*\\|$");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| ([\\w-]+) \\| `([^`]+)` \\| \\S.*\\|$");

    /** Without those of Maven, which every build runs. */
    private static final Pattern COMMAND = Pattern.compile("`((?:asadmin|docker|imqcmd|jar|java|npm|python3) [^`]+)`");

    @Test
    void blocks_allOfReadmeAndGuide_areInTheTable() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Chapter.of(page).blockNames().forEach(block -> blocks.add(name(page) + " " + block));
        }
        assertThat(rows(ROW)).containsExactlyInAnyOrderElementsOf(blocks);
    }

    @Test
    void blocks_commandsWithinTheText_areInTheTable() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (Path page : pages()) {
            COMMAND.matcher(Files.readString(page))
                    .results()
                    .forEach(found ->
                            commands.add(name(page) + " " + found.group(1).replaceAll("\\s+", " ")));
        }
        assertThat(rows(COMMAND_ROW)).containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void blocks_tests_exist() throws IOException {
        assertThat(TestTable.read(TABLE).rows()).hasSizeGreaterThan(60);
        assertThat(TestTable.read(TABLE).unknownTests()).isEmpty();
    }

    private static List<String> rows(Pattern row) throws IOException {
        return row.matcher(Files.readString(TABLE))
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    private static String name(Path page) {
        return page.getFileName().toString().replace(".md", "");
    }

    private static List<Path> pages() throws IOException {
        return Stream.concat(Stream.of(Path.of("README.md"), Path.of("SECURITY.md")), Chapter.files().stream())
                .toList();
    }
}
