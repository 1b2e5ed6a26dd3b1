package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Deflation;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BroadcastTest {
    private static final Destination TOPIC = Destination.topic("t");
    private static final byte[] HEAD = Broadcast.head(Headers.of("subscription", "s"), Version.V1_2);

    @Test
    void headers_ofTheReceiver_precedeThoseOfTheMessage() {
        Broadcast broadcast = broadcast(Body.utf8("body"), "kind", "news");
        assertThat(broadcast.frame(Version.V1_2, HEAD, Deflation.NONE).toString())
                .isEqualTo("MESSAGE\nsubscription:s\nmessage-id:ID:1\ndestination:/topic/t\nkind:news\n"
                        .replace("ID:1", "ID\\c1")
                        .concat("content-length:4\n\nbody\0"));
    }

    @Test
    void messageId_madeByTheReceiver_replacesTheMessages() {
        String frame = broadcast(Body.empty())
                .frame(Version.V1_2, Headers.of("message-id", "1-1"), Deflation.NONE)
                .toString();
        assertThat(frame).isEqualTo("MESSAGE\nmessage-id:1-1\ndestination:/topic/t\n\n\0");
    }

    @Test
    void position_toldByTheReceiver_replacesTheMessages() {
        Broadcast broadcast = new Broadcast(message(Body.empty()), "/topic/t", new Position("node1", 7, 5));
        assertThat(broadcast
                        .frame(Version.V1_2, Headers.of("subscription", "s"), Deflation.NONE)
                        .toString())
                .contains("\nx-stream-offset:node1.7.5\n");
        assertThat(broadcast
                        .frame(Version.V1_2, Headers.of("x-stream-offset", "node1.7.5_9"), Deflation.NONE)
                        .toString())
                .startsWith("MESSAGE\nx-stream-offset:node1.7.5_9\nmessage-id:ID")
                .containsOnlyOnce("x-stream-offset");
    }

    @Test
    void destination_privateQueue_isShownByItsNameForTheReceiver() {
        Broadcast broadcast = new Broadcast(message(Body.empty()), "/temp-queue/mine");
        assertThat(broadcast.frame(Version.V1_2, HEAD, Deflation.NONE).toString())
                .contains("\ndestination:/temp-queue/mine\n");
    }

    @Test
    void escape_eachVersion_usesItsRules() {
        Broadcast broadcast = broadcast(Body.empty(), "n:a", "a:b\\c\nd\re");
        assertThat(lines(broadcast, Version.V1_2)).contains("\nn\\ca:a\\cb\\\\c\\nd\\re\n");
        assertThat(lines(broadcast, Version.V1_1)).doesNotContain("\r").contains("\nn\\ca:a\\cb\\\\c\\nde\n");
        assertThat(lines(broadcast, Version.V1_0)).doesNotContain("\r").doesNotContain("a:b");
    }

    @Test
    void escape_versionWithoutEscapes_dropsLineEndsFromValues() {
        Broadcast broadcast = broadcast(Body.utf8("x"), "note", "a:b\nevil:yes\r\n\n\0ERROR\nmessage:evil");
        assertThat(lines(broadcast, Version.V1_0))
                .isEqualTo("MESSAGE\nsubscription:s\nmessage-id:ID:1\ndestination:/topic/t\n"
                        + "note:a:bevil:yesERRORmessage:evil\ncontent-length:1\n\nx\0");
    }

    /**
     * A name that loses a character on its way would become another's: a second content-length cuts the body into
     * frames.
     */
    @ParameterizedTest
    @EnumSource
    void headerName_notCarriedByTheVersion_becomesNoHeaderOfTheServer(Version version) {
        Broadcast broadcast = broadcast(
                Body.utf8("a\0ERROR\n\n\0"),
                "content\r-length",
                "1",
                "content\n-length",
                "1",
                "content:-length",
                "1",
                "content-\0length",
                "1",
                "\r",
                "no name");
        String frame = lines(broadcast, version);
        assertThat(Pattern.compile("(?m)^content-length:").matcher(frame).results())
                .hasSize(1);
        assertThat(frame).contains("\ncontent-length:10\n").doesNotContain("\n:");
    }

    @Test
    void isText_utf8BodyOnly_isTrue() {
        assertThat(broadcast(Body.utf8("größe"))
                        .frame(Version.V1_2, HEAD, Deflation.NONE)
                        .isText())
                .isTrue();
        assertThat(broadcast(Body.of(new byte[] {(byte) 0xc3}))
                        .frame(Version.V1_2, HEAD, Deflation.NONE)
                        .isText())
                .isFalse();
    }

    private static String lines(Broadcast broadcast, Version version) {
        return broadcast.frame(version, HEAD, Deflation.NONE).toString();
    }

    private static Broadcast broadcast(Body body, String... headers) {
        return new Broadcast(message(body, headers));
    }

    private static Message message(Body body, String... headers) {
        return new Message(TOPIC, Headers.of(headers), body, "", Audience.EVERYBODY, "ID:1");
    }
}
