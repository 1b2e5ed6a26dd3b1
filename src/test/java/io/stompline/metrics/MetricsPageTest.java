package io.stompline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Chapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the page of metrics true to the table of meters. {@code -Dmetrics.write=true} writes the page anew. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/metrics.md");

    private static final String HEAD = """
            # Metrics

            MicroProfile Metrics exports these at `/metrics`, beside what the server tells of itself. Each counts this node alone.
            Counters grow from the start of the application on; gauges go up and down.

            The page is at the root of the server. Where Stompline is the application there, a caller needs the role of
            `stompline.metrics.role`; the assembled server with that setting does not start where it is not, see
            [Settings](settings.md).

            This page is made from the table in the code: `mvn -q test -Dtest=MetricsPageTest -Dmetrics.write=true`.

            | metric | kind | unit | counts |
            |---|---|---|---|
            """;

    private static final Pattern NAME = Pattern.compile("(?<!\\w)stompline_[a-z]+(?:_[a-z]+)*(?!\\w)");

    /** Properties of messages, a table and its indexes. */
    private static final Set<String> NO_METRICS = Set.of(
            "stompline_content_type",
            "stompline_destination",
            "stompline_except_session",
            "stompline_inbox",
            "stompline_inbox_address",
            "stompline_inbox_expires",
            "stompline_origin",
            "stompline_session",
            "stompline_user");

    @Test
    void metric_namesInTheGuide_areInTheTable() throws IOException {
        Set<String> known = Stream.concat(Arrays.stream(Meter.values()).map(MetricsPageTest::name), NO_METRICS.stream())
                .collect(Collectors.toSet());
        for (Path page : Chapter.files()) {
            assertThat(NAME.matcher(Files.readString(page)).results().map(MatchResult::group))
                    .as("%s", page)
                    .isSubsetOf(known);
        }
    }

    @Test
    void metric_page_isGeneratedFromTheTable() throws IOException {
        String page =
                HEAD + Arrays.stream(Meter.values()).map(MetricsPageTest::row).collect(Collectors.joining());
        if (Boolean.getBoolean("metrics.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    /** The exporter appends "_total" to the names of counters. */
    private static String name(Meter meter) {
        return "stompline_" + meter.key() + (meter.kind() == Meter.Kind.COUNTER ? "_total" : "");
    }

    private static String row(Meter meter) {
        return Stream.of(
                        "`" + name(meter) + "`",
                        meter.kind().name().toLowerCase(Locale.ROOT),
                        meter.unit(),
                        meter.help())
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
