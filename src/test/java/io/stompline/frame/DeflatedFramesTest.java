package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class DeflatedFramesTest {
    private static final byte[] TAIL =
            bytes("destination:/topic/a\n\n" + "{\"price\":1,\"name\":\"x\"}".repeat(100) + "\0");

    private final AtomicInteger deflations = new AtomicInteger();
    private final DeflatedTail shared = new DeflatedTail(() -> {
        deflations.incrementAndGet();
        return Optional.of(blocks(TAIL));
    });

    @Test
    void deflatedFrames_oneTailWithSeveralHeads_areTheFramesAndDeflatedOnce() throws DataFormatException {
        List<EncodedFrame> frames = Stream.of("MESSAGE\nsubscription:0\n", "MESSAGE\nsubscription:another\nack:1\n", "")
                .map(this::sharing)
                .toList();
        for (EncodedFrame frame : frames) {
            assertThat(inflated(List.of(frame))).isEqualTo(frame.toString());
            assertThat(new DeflatedFrames(List.of(frame)).size()).isLessThan(frame.size() / 5);
        }
        assertThat(deflations).hasValue(1);
    }

    @Test
    void deflatedFrames_severalInOneMessage_areAllOfThemInOrder() throws DataFormatException {
        EncodedFrame deflated = sharing("MESSAGE\nsubscription:0\n");
        EncodedFrame plain = new EncodedFrame(bytes("RECEIPT\n"), bytes("receipt-id:1\n\n\0"), true);
        EncodedFrame unworthy =
                new DeflatableFrame(bytes("MESSAGE\n"), bytes("\nabc\0"), true, new DeflatedTail(Optional::empty));
        List<List<EncodedFrame>> messages = List.of(
                List.of(deflated, deflated),
                List.of(plain, deflated),
                List.of(deflated, plain),
                List.of(EncodedFrame.HEART_BEAT, deflated, unworthy, plain, deflated, unworthy));
        for (List<EncodedFrame> message : messages) {
            assertThat(inflated(message))
                    .isEqualTo(message.stream().map(EncodedFrame::toString).collect(Collectors.joining()));
        }
    }

    @Test
    void deflatedFrames_headOfMoreThan64KiB_isInSeveralBlocks() throws DataFormatException {
        for (int octets : new int[] {0xffff, 0x10000, 200_000}) {
            EncodedFrame frame = sharing("x".repeat(octets));
            assertThat(inflated(List.of(frame))).isEqualTo(frame.toString());
        }
    }

    @Test
    void deflatedFrames_inTheMiddleOfAnArray_touchNothingElse() {
        DeflatedFrames frames = new DeflatedFrames(List.of(sharing("MESSAGE\n")));
        byte[] target = new byte[frames.size() + 20];
        Arrays.fill(target, (byte) 7);
        assertThat(frames.copyInto(target, 10)).isEqualTo(10 + frames.size());
        assertThat(Arrays.copyOf(target, 10)).containsOnly(7);
        assertThat(Arrays.copyOfRange(target, 10 + frames.size(), target.length))
                .containsOnly(7);
    }

    private EncodedFrame sharing(String head) {
        return new DeflatableFrame(bytes(head), TAIL, true, shared);
    }

    /** What a receiver makes of it (RFC 7692, 7.2.2). */
    private static String inflated(List<EncodedFrame> message) throws DataFormatException {
        DeflatedFrames frames = new DeflatedFrames(message);
        byte[] stream = new byte[frames.size() + DeflatedFrames.FLUSH.length];
        int end = frames.copyInto(stream, 0);
        assertThat(end).isEqualTo(frames.size());
        System.arraycopy(DeflatedFrames.FLUSH, 0, stream, end, DeflatedFrames.FLUSH.length);
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        for (int size = inflater.inflate(buffer); size > 0; size = inflater.inflate(buffer)) {
            out.write(buffer, 0, size);
        }
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] blocks(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(octets);
        byte[] blocks = new byte[octets.length];
        int size = deflater.deflate(blocks, 0, blocks.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(blocks, size - DeflatedFrames.FLUSH.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
