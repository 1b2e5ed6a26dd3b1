package io.stompline.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InflatersTest {
    private final Inflaters inflaters = new Inflaters();

    /** The examples of RFC 7692, 7.2.3: flushed, stored, with a final block, in two blocks. */
    @ParameterizedTest
    @ValueSource(
            strings = {"f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000", "f24805000000ffffcac9c90700"})
    void inflate_examplesOfRfc7692_areHello(String blocks) throws InflationException {
        assertThat(inflaters.inflate(HexFormat.of().parseHex(blocks), 5))
                .asString()
                .isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource({"f348cdc9c907, Hello", "'', ''", "00, ''"})
    void inflate_nothingBehindTheLastBlock_isAsFarAsItGoes(String blocks, String text) throws InflationException {
        assertThat(inflaters.inflate(HexFormat.of().parseHex(blocks), 5))
                .asString()
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f348cdc9c90700f348cdc9c9070000", "f348cdc9c9070001", "f348cdc9c907000000"})
    void inflate_octetsBehindAFinalBlock_areMalformed(String blocks) {
        assertMalformed(HexFormat.of().parseHex(blocks));
    }

    @ParameterizedTest
    @ValueSource(strings = {"07", "ff", "000500000048656c6c6f"})
    void inflate_noBlocks_areMalformed(String blocks) {
        assertMalformed(HexFormat.of().parseHex(blocks));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 16_384, 69_632})
    void inflate_asLargeAsTheBound_isWhole(int size) throws InflationException {
        byte[] octets = new byte[size];
        Arrays.fill(octets, (byte) 'x');
        assertThat(inflaters.inflate(deflated(octets), size)).isEqualTo(octets);
        if (size > 0) {
            assertThatThrownBy(() -> inflaters.inflate(deflated(octets), size - 1))
                    .isInstanceOfSatisfying(
                            InflationException.class,
                            e -> assertThat(e.isTooLarge()).isTrue());
        }
    }

    @Test
    void inflate_bomb_isTooLargeWithoutTheMemory() {
        byte[] bomb = deflated(new byte[128 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(150_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> inflaters.inflate(bomb, 69_632)).hasMessage("more than 69632 octets");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000);
    }

    @Test
    void inflate_afterAFault_isAsBefore() throws InflationException {
        assertMalformed(new byte[] {7});
        assertThat(inflaters.inflate(deflated("again".getBytes(StandardCharsets.UTF_8)), 100))
                .asString()
                .isEqualTo("again");
    }

    @Test
    void inflate_junk_endsAndStaysWithinTheBound() {
        Random random = new Random(19);
        for (int i = 0; i < 20_000; i++) {
            byte[] junk = new byte[random.nextInt(60)];
            random.nextBytes(junk);
            try {
                assertThat(inflaters.inflate(junk, 100)).hasSizeLessThanOrEqualTo(100);
            } catch (InflationException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    private void assertMalformed(byte[] blocks) {
        assertThatThrownBy(() -> inflaters.inflate(blocks, 1000))
                .isInstanceOfSatisfying(
                        InflationException.class,
                        e -> assertThat(e.isTooLarge()).isFalse());
    }

    /** As a client compresses a message. */
    static byte[] deflated(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(octets);
        byte[] blocks = new byte[octets.length / 10 + 200];
        int size = deflater.deflate(blocks, 0, blocks.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(blocks, size - 4);
    }
}
