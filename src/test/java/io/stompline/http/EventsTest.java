package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.EncodedFrame;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventsTest {
    @Test
    void events_text_hasALineOfDataForEachLine() {
        assertThat(events(text("RECEIPT\nreceipt-id:r\n\n\0"))).isEqualTo("""
                data: RECEIPT
                data: receipt-id:r
                data:\s
                data: \0

                """);
    }

    @Test
    void events_heartBeat_isTwoEmptyLines() {
        assertThat(events(text("\n"))).isEqualTo("data: \ndata: \n\n");
    }

    @Test
    void events_carriageReturnOrBinary_isBase64() {
        assertThat(events(text("a\rb"))).isEqualTo("event: b\ndata: YQ1i\n\n");
        assertThat(events(message(new byte[] {(byte) 0xff, 0}, false))).isEqualTo("event: b\ndata: /wA=\n\n");
    }

    @Test
    void events_veryManyLines_areBase64() {
        assertThat(events(text("\n".repeat(2_000))))
                .startsWith("event: b\ndata: Cgo")
                .hasSizeLessThan(2_700);
        assertThat(events(text(("x".repeat(20) + "\n").repeat(100)))).startsWith("data: xx");
    }

    @Test
    void events_severalMessages_areOneEventEach() {
        assertThat(events(text("a"), text("b"))).isEqualTo("data: a\n\ndata: b\n\n");
    }

    @Test
    void events_anyText_isReadAsItWas() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            String text = random.ints(random.nextInt(12), 0, 4)
                    .mapToObj(choice -> List.of("\n", " ", ":", "ä").get(choice))
                    .collect(Collectors.joining());
            String event = events(text(text));
            assertThat(event).endsWith("\n\n");
            String read = Arrays.stream(event.substring(0, event.length() - 2).split("\n", -1))
                    .map(line -> line.substring("data: ".length()))
                    .collect(Collectors.joining("\n"));
            assertThat(read).isEqualTo(text);
        }
    }

    @Test
    void events_close_quotesTheReason() {
        assertThat(new String(Events.close(CloseStatus.RESTART, "a \"b\"\n"), StandardCharsets.UTF_8))
                .isEqualTo("event: close\ndata: {\"code\":1012,\"reason\":\"a \\\"b\\\"\\n\"}\n\n");
    }

    @ParameterizedTest
    @EnumSource
    void events_eachStatus_hasACodeOfItsOwn(CloseStatus status) {
        assertThat(Arrays.stream(CloseStatus.values()).filter(other -> Events.code(other) == Events.code(status)))
                .containsExactly(status);
    }

    @Test
    void events_opening_isFollowedByTwoKibibytes() {
        Secret secret = new Secret();
        String json = Events.opening("n.s", secret, Duration.ofSeconds(25));
        assertThat(json).isEqualTo("{\"session\":\"n.s\",\"secret\":\"" + secret.text() + "\",\"poll\":25000}");
        assertThat(new String(Events.open(json), StandardCharsets.UTF_8))
                .startsWith("event: open\ndata: " + json + "\n\n:")
                .endsWith(" \n\n")
                .hasSizeGreaterThan(2 * 1024);
    }

    private static String events(WireMessage... messages) {
        return new String(Events.of(List.of(messages)), StandardCharsets.UTF_8);
    }

    private static WireMessage text(String text) {
        return message(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static WireMessage message(byte[] octets, boolean text) {
        return new WireMessage(List.of(new EncodedFrame(octets, new byte[0], true)), text);
    }
}
