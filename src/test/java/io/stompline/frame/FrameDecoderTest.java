package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    static final FrameLimits.Names NAMES = new FrameLimits.Names("frame", "headers", "header-line", "all-headers");
    private static final FrameLimits LIMITS = new FrameLimits(1_000, 5, 100, 200, NAMES);
    private static final String FRAMES = "\n\r\nSEND\r\ndestination:/topic/a\ncontent-length:3\n\na\0b\0\n"
            + "SEND\ndestination:/topic/ä\nkey:one\nkey:two\\c\\n\\r\\\\\n\nbody\0ABORT\ntransaction:t\n\n\0";

    @Test
    void decode_anyCut_givesTheSameFrames() throws MalformedFrameException {
        byte[] bytes = FRAMES.getBytes(StandardCharsets.UTF_8);
        List<Frame> whole = decode(bytes, bytes.length);
        assertThat(whole).hasSize(3);
        for (int size = 1; size < bytes.length; size++) {
            assertThat(decode(bytes, size)).isEqualTo(whole);
        }
    }

    @Test
    void header_repeated_firstCounts() throws MalformedFrameException {
        byte[] bytes = FRAMES.getBytes(StandardCharsets.UTF_8);
        Frame second = decode(bytes, bytes.length).get(1);
        assertThat(second.header("key")).contains("one");
    }

    @Test
    void decode_junk_throwsMalformedFrameOnly() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = FRAMES.getBytes(StandardCharsets.UTF_8);
            for (int mutation = 0; mutation < 4; mutation++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(bytes, 1 + random.nextInt(bytes.length));
            } catch (MalformedFrameException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void limit_passed_isRefused() {
        assertMalformed("SEND\na:" + "x".repeat(101) + "\n\n\0", MalformedFrameException.Fault.TOO_MANY_HEADERS);
        assertMalformed("SEND\n" + "a:b\n".repeat(6) + "\n\0", MalformedFrameException.Fault.TOO_MANY_HEADERS);
        assertMalformed("SEND\n\n" + "x".repeat(1_001), MalformedFrameException.Fault.FRAME_TOO_LARGE);
        assertMalformed("SEND\ncontent-length:99999999999\n\n", MalformedFrameException.Fault.FRAME_TOO_LARGE);
    }

    @Test
    void limit_passed_isNamed() {
        assertSays("SEND\na:" + "x".repeat(101) + "\n\n\0", "(header-line)");
        assertSays("SEND\n" + "a:b\n".repeat(6) + "\n\0", "(headers)");
        assertSays("SEND\n" + ("a:" + "x".repeat(90) + "\n").repeat(3) + "\n\0", "(all-headers)");
        assertSays("SEND\n\n" + "x".repeat(1_001), "(frame)");
    }

    @Test
    void decode_malformed_isRefusedWithItsFault() {
        assertMalformed("SENDX\n\n\0", MalformedFrameException.Fault.UNKNOWN_COMMAND);
        assertMalformed("send\n\n\0", MalformedFrameException.Fault.UNKNOWN_COMMAND);
        assertMalformed("SEND\nno colon\n\n\0", MalformedFrameException.Fault.SYNTAX);
        assertMalformed("SEND\na:\\t\n\n\0", MalformedFrameException.Fault.BAD_ESCAPE);
        assertMalformed("SEND\ncontent-length:1e3\n\n\0", MalformedFrameException.Fault.BAD_CONTENT_LENGTH);
        assertMalformed("SEND\ncontent-length:1\n\nab\0", MalformedFrameException.Fault.BAD_CONTENT_LENGTH);
        assertMalformed("CONNECT\nhost:h\n\nbody\0", MalformedFrameException.Fault.UNEXPECTED_BODY);
        assertMalformed("BEGIN\ntransaction:t\n\nbody\0", MalformedFrameException.Fault.UNEXPECTED_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\na:b\r\nreceipt:r\\c\r\n\r\n\0",
                "SEND\nno colon\nreceipt:r\\c\nreceipt:2\n\n\0",
                "SEND\nreceipt:r\\c\na:\\t\n\n\0",
                "SEND\nreceipt:r\\c\ncontent-length:1\n\nab\0",
                "BEGIN\nreceipt:r\\c\n\nbody\0"
            })
    void receipt_ofAMalformedFrame_isNamed(String text) {
        assertAsks(text, Optional.of("r:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\na:b\n\nreceipt:body\n\0",
                "NONSENSE\n\0SEND\nreceipt:another\n\n\0",
                "NONSENSE\nreceipt:\\t\n\n\0",
                "NONSENSE\nreceipt:unfinished"
            })
    void receipt_ofAMalformedFrame_isNoneIfItIsNotCertain(String text) {
        assertAsks(text, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEND_destination:/topic/a_content-length:x__ | content-length:x | SEND [destination, content-length]",
                "SEND_destination:/topic/a_k:a\\tb__ | k:a\\tb | SEND [destination]",
                "SEND_destination:/topic/a_no colon__ | no colon | SEND [destination]",
                "SEND_a:1_b:2_c:3_d:4_e:5_f:6__ | f:6 | SEND [a, b, c, d, e]",
                "send_destination:/topic/a__ | send | nothing",
                "SENDING OF SOMETHING_ | SENDING OF SOMETHING | nothing"
            })
    void malformed_anyCut_namesItsLineAndTheFrameSoFar(String text, String line, String begun) {
        byte[] bytes = ("BEGIN\ntransaction:t\n\n\0" + text.replace('_', '\n')).getBytes(StandardCharsets.UTF_8);
        for (int size : new int[] {1, 7, bytes.length}) {
            assertThatThrownBy(() -> decode(bytes, size))
                    .isInstanceOfSatisfying(MalformedFrameException.class, fault -> {
                        assertThat(line).startsWith(fault.line().orElseThrow());
                        assertThat(fault.begun()
                                        .map(frame -> frame.command() + " " + frame.headers())
                                        .orElse("nothing"))
                                .isEqualTo(begun);
                    });
        }
    }

    @Test
    void malformed_longLine_namesItsBeginning() {
        assertThatThrownBy(() -> decode(
                        ("SEND\na-header:" + "x".repeat(101) + "\n\n\0").getBytes(StandardCharsets.UTF_8), 1_000))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        fault -> assertThat(fault.line().orElseThrow()).startsWith("a-header:xxx"));
    }

    @Test
    void malformed_body_namesTheFrameAndNoLine() {
        assertThatThrownBy(() -> decode(
                        "SEND\ndestination:/topic/a\ncontent-length:1\n\nab\0".getBytes(StandardCharsets.UTF_8), 1_000))
                .isInstanceOfSatisfying(MalformedFrameException.class, fault -> {
                    assertThat(fault.line()).isEmpty();
                    assertThat(fault.begun().orElseThrow().header("destination"))
                            .contains("/topic/a");
                });
    }

    @Test
    void body_ofAnyFrameButConnectIn10_isTaken() throws MalformedFrameException {
        assertThat(decode("SUBSCRIBE\ndestination:/topic/a\n\nbody\0", Version.V1_0))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void contentLength_empty_isAbsent(String empty) throws MalformedFrameException {
        List<Frame> frames = decode("SEND\ndestination:/topic/a\ncontent-length:" + empty + "\n\nab\0", Version.V1_2);
        assertThat(frames).singleElement().extracting(Frame::body).isEqualTo(Body.utf8("ab"));
    }

    /** As {@code message.ack(message.headers)} of stompjs 2.3.3 to 7.5 sends it. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void contentLength_ofAFrameWithoutBody_isIgnored(Version version) throws MalformedFrameException {
        for (String length : List.of("10", "0", "x", "99999999999", "")) {
            String ack = "ACK\nid:1\nmessage-id:1\nsubscription:s\ncontent-length:" + length + "\n\n\0";
            assertThat(decode(ack + "BEGIN\ntransaction:t\n\n\0", version))
                    .extracting(Frame::command)
                    .containsExactly(Command.ACK, Command.BEGIN);
        }
    }

    @Test
    void contentLength_ofAFrameWithoutBody_leavesOctetsBeforeTheNulAFault() {
        assertMalformed("ACK\nid:1\ncontent-length:2\n\nhi\0", MalformedFrameException.Fault.UNEXPECTED_BODY);
        assertMalformed("CONNECT\ncontent-length:0\n\nhi\0", MalformedFrameException.Fault.UNEXPECTED_BODY);
    }

    private static void assertAsks(String text, Optional<String> receipt) {
        assertThatThrownBy(() -> decode(text, Version.V1_2))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.receipt()).as(text).isEqualTo(receipt));
    }

    private static void assertSays(String text, String ending) {
        assertThatThrownBy(() -> decode(text, Version.V1_2))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageEndingWith(ending);
    }

    private static void assertMalformed(String text, MalformedFrameException.Fault fault) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> decode(bytes, bytes.length))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.fault()).as(text).isEqualTo(fault));
    }

    private static List<Frame> decode(String text, Version version) throws MalformedFrameException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, bytes.length, version);
    }

    private static List<Frame> decode(byte[] bytes, int chunk) throws MalformedFrameException {
        return decode(bytes, chunk, Version.V1_2);
    }

    private static List<Frame> decode(byte[] bytes, int chunk, Version version) throws MalformedFrameException {
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
                // Not counted: padding may be any number of them.
            }
        };
        for (int start = 0; start < bytes.length; start += chunk) {
            decoder.decode(ByteBuffer.wrap(bytes, start, Math.min(chunk, bytes.length - start)), sink);
        }
        return frames;
    }
}
