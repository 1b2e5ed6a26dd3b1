package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ack",
                "content-length",
                "destination",
                "message-id",
                "receipt",
                "receipt-id",
                "redelivered",
                "subscription",
                "timestamp",
                "transaction"
            })
    void isPassedOn_headerOfOneFrameOrSetByTheServer_no(String name) {
        assertThat(HeaderNames.isPassedOn(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "reply-to", "priority", "Receipt", "x-ack", ""})
    void isPassedOn_headerOfTheMessage_yes(String name) {
        assertThat(HeaderNames.isPassedOn(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sender", "snapshot", "user-name", "version", "JMSXUserID", "stompline_origin", "receipt", "requeue",
                "sender ", "\tsender", "\u00a0sender", "sender\ufeff", " JMSXUserID", "timestamp ", "reply-to ",
                        "\rversion"
            })
    void isForClients_wordOfTheServer_no(String name) {
        assertThat(HeaderNames.isForClients(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passcode", "Authorization", "authorization ", "PASSCODE"})
    void isForClients_credentials_no(String name) {
        assertThat(HeaderNames.isForClients(name)).isFalse();
    }

    @Test
    void credentials_all_areHiddenByTheConsole() throws IOException {
        String page = Files.readString(Path.of("src/main/webapp/js/frames/frames.js"));
        Matcher secrets = Pattern.compile("(?s)\\nconst SECRETS = \\[(.*?)];").matcher(page);
        assertThat(secrets.find()).isTrue();
        assertThat(Pattern.compile("'([^']*)'").matcher(secrets.group(1)).results())
                .extracting(name -> name.group(1))
                .containsExactlyInAnyOrderElementsOf(HeaderNames.CREDENTIALS);
    }

    /** The guide lists what of a SEND its receivers do not get. */
    @Test
    void notPassedOn_listOfTheGuide_isWhole() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/frames.md"));
        Matcher list =
                Pattern.compile("(?s)\n## Not passed on\n\n.*?\n\n(- .*?)\n\n").matcher(page);
        assertThat(list.find()).isTrue();
        assertThat(Pattern.compile("`([^`]*)`").matcher(list.group(1)).results())
                .extracting(name -> name.group(1))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                HeaderNames.OF_ONE_FRAME,
                                HeaderNames.SET_BY_SERVER,
                                HeaderNames.WORD_OF_SERVER,
                                HeaderNames.CREDENTIALS,
                                HeaderNames.RESERVED_PREFIXES)
                        .flatMap(Collection::stream)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "Sender", "x-version", "jmsx", "stompline", "reply-to", " x "})
    void isForClients_headerOfTheMessage_yes(String name) {
        assertThat(HeaderNames.isForClients(name)).isTrue();
    }
}
