package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the encoder writes the decoder reads, as far as the version can carry it. */
class RoundTripTest {
    private static final FrameLimits LIMITS = new FrameLimits(1_000_000, 100, 10_000, 100_000, FrameDecoderTest.NAMES);
    private static final String CHARACTERS = "ab:\\\n\r\0 cnräß\u20ac\ud83d\ude00-";

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource
    void roundTrip_randomFrameInAnyCut_isReadAsWritten(Version version) throws MalformedFrameException {
        for (int i = 0; i < 3_000; i++) {
            Frame frame = randomFrame();
            byte[] bytes = FrameEncoder.encode(frame, version).toBytes();
            assertThat(decode(bytes, version, 1 + random.nextInt(bytes.length)))
                    .as("%s %s", version, frame)
                    .containsExactly(carried(frame, version));
        }
    }

    @ParameterizedTest
    @EnumSource
    void roundTrip_manyFramesInOneChunk_areReadAsWritten(Version version) throws MalformedFrameException {
        List<Frame> written = new ArrayList<>();
        ByteAccumulator bytes = new ByteAccumulator();
        for (int i = 0; i < 200; i++) {
            Frame frame = randomFrame();
            written.add(carried(frame, version));
            byte[] encoded = FrameEncoder.encode(frame, version).toBytes();
            bytes.append(encoded, 0, encoded.length);
        }
        byte[] all = Arrays.copyOf(bytes.array(), bytes.size());
        assertThat(decode(all, version, all.length)).isEqualTo(written);
    }

    private Frame randomFrame() {
        Command command = Command.values()[random.nextInt(Command.values().length)];
        // CONNECT and STOMP are never encoded here, and never escaped.
        Command sent = command.isConnect() ? Command.MESSAGE : command;
        Headers.Builder headers = new Headers.Builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            headers.add(randomText(), randomText());
        }
        byte[] body = new byte[sent.mayHaveBody(Version.V1_2) ? random.nextInt(60) : 0];
        random.nextBytes(body);
        return new Frame(sent, headers.build(), Body.of(body));
    }

    private String randomText() {
        int[] points = CHARACTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    /** The frame as a receiver of that version can know it. */
    private static Frame carried(Frame frame, Version version) {
        Version escapes = frame.command() == Command.CONNECTED ? Version.V1_0 : version;
        String lost = switch (escapes) {
            case V1_0 -> "[\0\r\n]";
            case V1_1 -> "[\0\r]";
            case V1_2 -> "\0";
        };
        String lostNames = escapes == Version.V1_0 ? "[\0\r\n:]" : lost;
        Headers.Builder headers = new Headers.Builder();
        frame.headers().forEach((name, value) -> {
            if (!name.isEmpty() && name.replaceAll(lostNames, "").equals(name)) {
                headers.add(name, value.replaceAll(lost, ""));
            }
        });
        if (frame.body().size() > 0) {
            headers.add("content-length", Integer.toString(frame.body().size()));
        }
        return new Frame(frame.command(), headers.build(), frame.body());
    }

    private static List<Frame> decode(byte[] bytes, Version version, int chunk) throws MalformedFrameException {
        FrameDecoder decoder = new FrameDecoder(LIMITS);
        decoder.use(version, LIMITS);
        List<Frame> frames = new ArrayList<>();
        FrameDecoder.Sink sink = new FrameDecoder.Sink() {
            @Override
            public void frame(Frame frame) {
                frames.add(frame);
            }

            @Override
            public void heartBeat() {
                throw new IllegalStateException("nobody wrote an end of line between frames");
            }
        };
        for (int start = 0; start < bytes.length; start += chunk) {
            decoder.decode(ByteBuffer.wrap(bytes, start, Math.min(chunk, bytes.length - start)), sink);
        }
        return frames;
    }
}
