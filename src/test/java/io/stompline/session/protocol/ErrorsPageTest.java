package io.stompline.session.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide says of every ERROR what to do. */
class ErrorsPageTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### (.*)$");

    @Test
    void errors_page_hasAHeadingForEach() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/errors.md"));
        assertThat(HEADING.matcher(page).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(StompError.values())
                        .map(StompError::sentence)
                        .toList());
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
