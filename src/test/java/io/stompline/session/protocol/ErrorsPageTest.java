package io.stompline.session.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide says of every ERROR and every problem what to do. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/errors.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (.*)$");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    /** In Java and in TypeScript. */
    private static final Pattern PROBLEM = Pattern.compile("(?:new StompProblem|fail)\\([^,;)\"']*[\"']([a-z ]+)[\"']");

    @Test
    void errors_page_hasAHeadingForEach() throws IOException {
        assertThat(HEADING.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(StompError.values())
                        .map(StompError::sentence)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "Problems of beans, src/main/java/io/stompline/beans, .java",
        "Problems of stompline.js, src/main/js/src, .ts"
    })
    void problems_page_hasARowForEach(String section, Path sources, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            Set<String> problems = new TreeSet<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ending)).toList()) {
                PROBLEM.matcher(Files.readString(file)).results().forEach(found -> problems.add(found.group(1)));
            }
            assertThat(ROW.matcher(section(section)).results().map(row -> row.group(1)))
                    .containsExactlyInAnyOrderElementsOf(problems);
        }
    }

    /** From its heading to the next one of that height. */
    private static String section(String heading) throws IOException {
        Matcher found = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                .matcher(Files.readString(PAGE));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void errors_help_leadsToTheHeading() {
        ErrorHelp help = new ErrorHelp(Optional.of("/chat/guide.html"));
        assertThat(StompError.CONNECT_TIMEOUT
                        .frame(help, "too late", Headers.none())
                        .headers()
                        .first("help"))
                .contains("/chat/guide.html#errors/no-connect-in-time");
    }

    @Test
    void errors_withoutAPage_haveNoHelp() {
        assertThat(StompError.INTERNAL
                        .frame(ErrorHelp.NONE, "", Headers.none())
                        .headers()
                        .has("help"))
                .isFalse();
    }
}
