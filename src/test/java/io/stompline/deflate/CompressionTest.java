package io.stompline.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.DeflatedFrames;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.TopicPattern;
import io.stompline.routing.hub.Broadcast;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final String JSON = "{\"symbol\":\"ACME\",\"price\":17.25}".repeat(40);
    private static final byte[] HEAD = Broadcast.head(Headers.of("subscription", "0"), Version.V1_2);

    private final Metrics metrics = new Metrics();
    private final Compression compression = new Compression(
            new CompressionSettings(true, List.of(new TopicPattern(destination("/user/queue/reports/**")))), metrics);

    @AfterEach
    void close() {
        compression.close();
    }

    @Test
    void compression_manyReceivers_deflatesOncePerVersion() throws InflationException {
        Broadcast broadcast = broadcast("/topic/prices", Headers.none(), JSON);
        for (int i = 0; i < 20; i++) {
            EncodedFrame shared = broadcast.frame(Version.V1_2, HEAD, compression);
            assertThat(inflated(shared)).isEqualTo(shared.toString());
        }
        assertThat(deflations()).isEqualTo(1);
        EncodedFrame marked = broadcast.frame(Version.V1_2, Headers.of("x-dropped", "3"), compression);
        assertThat(inflated(marked)).isEqualTo(marked.toString()).contains("\nx-dropped:3\n");
        assertThat(deflations()).as("the same end, whatever head").isEqualTo(1);
        EncodedFrame older = broadcast.frame(Version.V1_0, HEAD, compression);
        assertThat(inflated(older)).isEqualTo(older.toString());
        assertThat(deflations()).isEqualTo(2);
    }

    @Test
    void compression_nobodyNeedsIt_deflatesNothing() {
        broadcast("/topic/prices", Headers.none(), JSON).frame(Version.V1_2, HEAD, compression);
        assertThat(deflations()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/prices, true",
        "/queue/orders, true",
        "/presence/topic/room, true",
        "/user/queue/reports/daily, true",
        "/user/queue/reports, false",
        "/user/queue/errors, false",
        "/app/account, false",
        "/temp-queue/answer, false"
    })
    void compression_destination_isThatOfManyOrNamed(String destination, boolean deflated) {
        assertThat(isDeflated(destination, Headers.none(), JSON)).isEqualTo(deflated);
    }

    @ParameterizedTest
    @CsvSource({
        "content-type, application/json, true",
        "content-type, text/plain;charset=utf-8, true",
        "content-type, image/png, false",
        "content-type, ' Image/JPEG', false",
        "content-type, video/mp4, false",
        "content-type, audio/ogg; codecs=opus, false",
        "content-type, application/zip, false",
        "content-type, application/gzip ;x=y, false",
        "content-encoding, br, false"
    })
    void compression_contentThatIsCompressed_goesOutAsItIs(String header, String value, boolean deflated) {
        assertThat(isDeflated("/topic/a", Headers.of(header, value), JSON)).isEqualTo(deflated);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 900})
    void compression_lessThanOneKib_goesOutAsItIs(int octets) {
        assertThat(isDeflated("/topic/a", Headers.none(), "x".repeat(octets))).isFalse();
    }

    @Test
    void compression_notATenthSmaller_goesOutAsItIs() {
        byte[] random = new byte[6000];
        new Random(19).nextBytes(random);
        Broadcast noise = new Broadcast(Message.of(Destination.topic("a"), Headers.none(), Body.of(random), "session"));
        assertThat(noise.frame(Version.V1_2, HEAD, compression).isDeflated()).isFalse();
        assertThat(deflations()).isZero();
        // Base64 leaves six bits of eight, so a quarter can be saved.
        assertThat(isDeflated("/topic/a", Headers.none(), Base64.getEncoder().encodeToString(random)))
                .isTrue();
    }

    @Test
    void compression_closed_goesOnForThoseWhoAreLate() throws InflationException {
        compression.close();
        EncodedFrame late = broadcast("/topic/a", Headers.none(), JSON).frame(Version.V1_2, HEAD, compression);
        assertThat(inflated(late)).isEqualTo(late.toString());
    }

    private boolean isDeflated(String destination, Headers headers, String body) {
        return broadcast(destination, headers, body)
                .frame(Version.V1_2, HEAD, compression)
                .isDeflated();
    }

    private long deflations() {
        return metrics.counter(Meter.MESSAGES_DEFLATED).value();
    }

    private String inflated(EncodedFrame frame) throws InflationException {
        assertThat(frame.isDeflated()).isTrue();
        DeflatedFrames deflated = new DeflatedFrames(List.of(frame));
        byte[] blocks = new byte[deflated.size()];
        deflated.copyInto(blocks, 0);
        assertThat(blocks.length).isLessThan(frame.size());
        return new String(compression.inflaters().inflate(blocks, frame.size()), StandardCharsets.UTF_8);
    }

    private static Broadcast broadcast(String destination, Headers headers, String body) {
        return new Broadcast(
                Message.of(Destination.topic("carrier"), headers, Body.utf8(body), "session"), destination);
    }

    private static Destination destination(String text) {
        return Destination.parse(text).orElseThrow();
    }
}
