package io.stompline.websocket.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.deflate.Compression;
import io.stompline.deflate.CompressionSettings;
import io.stompline.metrics.Metrics;
import io.stompline.websocket.stream.FrameFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.glassfish.tyrus.core.TyrusExtension;
import org.glassfish.tyrus.core.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeflateExtensionTest {
    private static final int MAX_BYTES = 1000;
    private static final byte CONTINUATION = 0;
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;
    private static final byte PING = 9;
    private static final byte PONG = 10;

    private final Compression compression = new Compression(new CompressionSettings(true, List.of()), new Metrics());
    private final DeflateExtension extension = (DeflateExtension)
            DeflateExtension.answer(TyrusExtension.fromString(List.of("permessage-deflate")), compression.inflaters())
                    .get(0);
    private final List<FrameFault> faults = new ArrayList<>();

    @BeforeEach
    void open() {
        extension.open(() -> MAX_BYTES, faults::add);
    }

    @AfterEach
    void close() {
        compression.close();
    }

    @Test
    void incoming_compressedMessage_isInflated() {
        Frame frame = take(true, true, TEXT, deflated("SEND\n"));
        assertThat(text(frame)).isEqualTo("SEND\n");
        assertThat(frame.isRsv1()).isFalse();
        assertThat(frame.isFin()).isTrue();
        assertThat(frame.getOpcode()).isEqualTo(TEXT);
        assertThat(take(true, true, BINARY, deflated("b")).getOpcode()).isEqualTo(BINARY);
        assertThat(text(take(true, true, TEXT, deflated("again")))).isEqualTo("again");
    }

    @Test
    void incoming_plainMessages_stayAsTheyAre() {
        assertThat(text(take(true, false, TEXT, bytes("plain")))).isEqualTo("plain");
        assertThat(text(take(false, false, TEXT, bytes("in ")))).isEqualTo("in ");
        assertThat(text(take(true, false, CONTINUATION, bytes("two")))).isEqualTo("two");
    }

    @Test
    void incoming_fragments_areInflatedAtTheLast() {
        byte[] blocks = deflated("in three parts");
        Frame first = take(false, true, TEXT, Arrays.copyOf(blocks, 3));
        assertThat(text(first)).isEmpty();
        assertThat(first.isRsv1()).isFalse();
        assertThat(first.isFin()).isFalse();
        Frame ping = take(true, false, PING, bytes("in between"));
        assertThat(text(ping)).isEqualTo("in between");
        assertThat(text(take(false, false, CONTINUATION, new byte[0]))).isEmpty();
        Frame last = take(true, false, CONTINUATION, Arrays.copyOfRange(blocks, 3, blocks.length));
        assertThat(text(last)).isEqualTo("in three parts");
        assertThat(last.getOpcode()).isEqualTo(CONTINUATION);
        assertThat(text(take(true, false, TEXT, bytes("plain again")))).isEqualTo("plain again");
    }

    @Test
    void incoming_rsv1WhereItMustNotBe_isLeftForTyrusToRefuse() {
        assertThat(take(true, true, CONTINUATION, deflated("a")).isRsv1()).isTrue();
        assertThat(take(true, true, PING, bytes("ping")).isRsv1()).isTrue();
        take(false, true, TEXT, deflated("b"));
        assertThat(take(true, true, CONTINUATION, deflated("c")).isRsv1()).isTrue();
        assertThat(take(true, true, TEXT, deflated("d")).isRsv1()).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void incoming_otherReservedBits_stay() {
        Frame frame = extension.processIncoming(
                null,
                Frame.builder()
                        .fin(true)
                        .rsv1(true)
                        .rsv2(true)
                        .opcode(TEXT)
                        .payloadData(deflated("a"))
                        .build());
        assertThat(frame.isRsv2()).isTrue();
    }

    @Test
    void incoming_tooLarge_isToldOnceAndAllAfterItDropped() {
        assertThat(text(take(true, true, TEXT, deflated("x".repeat(MAX_BYTES)))))
                .hasSize(MAX_BYTES);
        assertDropped(take(true, true, TEXT, deflated("x".repeat(MAX_BYTES + 1))));
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.tooLarge()).isTrue();
            assertThat(fault.sentence())
                    .contains("more than 1000 octets", "stompline.frame.max-bytes", "max-connect-bytes");
        });
        assertDropped(take(true, false, TEXT, bytes("plain")));
        assertDropped(take(true, true, TEXT, new byte[] {7}));
        assertThat(take(true, false, (byte) 8, new byte[0]).getOpcode()).isEqualTo((byte) 8);
        assertThat(faults).hasSize(1);
    }

    @Test
    void incoming_fragmentsWithoutEnd_areRefusedAtTheBound() {
        take(false, true, TEXT, new byte[MAX_BYTES - 10]);
        take(false, false, CONTINUATION, new byte[10]);
        assertThat(faults).isEmpty();
        assertDropped(take(false, false, CONTINUATION, new byte[1]));
        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.tooLarge()).isTrue());
    }

    @Test
    void incoming_notDeflated_isRefusedAsWrong() {
        assertDropped(take(true, true, TEXT, bytes("no stream of deflate")));
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.tooLarge()).isFalse();
            assertThat(fault.sentence()).contains("cannot be inflated", "RFC 1951");
        });
    }

    @Test
    void outgoing_framesOfTyrus_stayAsTheyAre() {
        Frame ping = frame(true, false, PING, bytes("x"));
        assertThat(extension.processOutgoing(null, ping)).isSameAs(ping);
    }

    private static void assertDropped(Frame frame) {
        assertThat(frame.getOpcode()).isEqualTo(PONG);
        assertThat(frame.getPayloadLength()).isZero();
        assertThat(frame.isFin()).isTrue();
        assertThat(frame.isRsv1()).isFalse();
    }

    private Frame take(boolean last, boolean rsv1, byte opcode, byte[] payload) {
        return extension.processIncoming(null, frame(last, rsv1, opcode, payload));
    }

    private static Frame frame(boolean last, boolean rsv1, byte opcode, byte[] payload) {
        return Frame.builder()
                .fin(last)
                .rsv1(rsv1)
                .opcode(opcode)
                .payloadData(payload)
                .build();
    }

    private static String text(Frame frame) {
        return new String(frame.getPayloadData(), StandardCharsets.UTF_8);
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(bytes(text));
        byte[] blocks = new byte[text.length() + 100];
        int size = deflater.deflate(blocks, 0, blocks.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(blocks, size - 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
