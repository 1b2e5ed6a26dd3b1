package io.stompline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the console says of frames and headers agrees with the guide. */
class FrameWordsTest {
    private static final Path GUIDE = Path.of("src/site/markdown");
    private static final Path WORDS = Path.of("src/main/webapp/js/frames/frame-words.js");

    /** The second cell of a row. */
    private static final Pattern HEADER_CELL = Pattern.compile("(?m)^\\|[^|]*\\|([^|]*)\\|");

    private static final Pattern QUOTED = Pattern.compile("`([A-Za-z-]+)`");
    private static final Pattern LINK = Pattern.compile(",\\s*'([a-z-]+)(?:/([a-z-]+))?',?\\s*]");
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.*)$");

    @Test
    void console_frames_explainEveryHeaderOfTheGuide() throws IOException {
        String words = Files.readString(WORDS);
        List<String> headers = HEADER_CELL
                .matcher(Files.readString(GUIDE.resolve("frames.md")))
                .results()
                .flatMap(cell -> QUOTED.matcher(cell.group(1)).results())
                .map(name -> name.group(1).toLowerCase(Locale.ROOT))
                .toList();
        assertThat(headers)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(words).containsPattern("(?m)^  '?([A-Z]+ )?" + name + "'?: \\["));
    }

    @Test
    void console_frames_linkToHeadingsOfTheGuide() throws IOException {
        List<MatchResult> links =
                LINK.matcher(Files.readString(WORDS)).results().toList();
        assertThat(links).isNotEmpty();
        for (MatchResult link : links) {
            String chapter = Files.readString(GUIDE.resolve(link.group(1) + ".md"));
            if (link.group(2) != null) {
                assertThat(HEADING.matcher(chapter)
                                .results()
                                .map(heading -> heading.group(1)
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("[^\\p{L}\\p{N}]+", "-")))
                        .contains(link.group(2));
            }
        }
    }
}
