package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.TestTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each block of code of the README and the guide is in {@code blocks.md}: with its test, or with how it is tried by hand. */
class GuideBlocksTest {
    private static final Path TABLE = Path.of("src/test/blocks.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([\\w-]+) \\| (\\w+ \\d+) \\| \\S.*\\|$");

    @Test
    void blocks_allOfReadmeAndGuide_areInTheTable() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path page : pages()) {
            String name = page.getFileName().toString().replace(".md", "");
            Chapter.of(page).blockNames().forEach(block -> blocks.add(name + " " + block));
        }
        assertThat(ROW.matcher(Files.readString(TABLE)).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(blocks);
    }

    @Test
    void blocks_tests_exist() throws IOException {
        assertThat(TestTable.read(TABLE).rows()).hasSizeGreaterThan(60);
        assertThat(TestTable.read(TABLE).unknownTests()).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        return Stream.concat(Stream.of(Path.of("README.md"), Path.of("SECURITY.md")), Chapter.files().stream())
                .toList();
    }
}
