package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated frames, the same at every run, end no more than the connection that they came on. */
class FuzzIT {
    private static final int FRAMES = 20_000;
    private static final int MANY_FRAMES = 100_000;
    private static final int FRAMES_IN_A_MESSAGE = 20;
    private static final long SEED = 20_261_121;

    private static final List<String> SEEDS = List.of(
            "SEND\ndestination:/topic/fuzz\ncontent-type:text/plain\n\nhello\0",
            "SEND\ndestination:/queue/fuzz\ncontent-length:3\npriority:7\n\na\0b\0",
            "SUBSCRIBE\nid:1\ndestination:/topic/fuzz\nack:client\n\n\0",
            "SUBSCRIBE\nid:2\ndestination:/topic/**\nselector:a = 'b' OR c > 3\n\n\0",
            "UNSUBSCRIBE\nid:1\nreceipt:r\n\n\0",
            "ACK\nid:1-1\n\n\0",
            "NACK\nid:1-1\nrequeue:false\n\n\0",
            "BEGIN\ntransaction:t\n\n\0",
            "COMMIT\ntransaction:t\n\n\0",
            "ABORT\ntransaction:t\n\n\0",
            "CONNECT\naccept-version:1.0,1.1,1.2\nhost:h\nheart-beat:1,1\nlogin:user1\npasscode:user1\n\n\0",
            "DISCONNECT\nreceipt:bye\n\n\0",
            "\n");

    private static final byte[] HARMLESS = SEEDS.get(0).getBytes(StandardCharsets.UTF_8);

    private final Random random = new Random(SEED);

    @Test
    void fuzz_mutatedFrames_leaveTheServerServing() throws InterruptedException {
        fuzz(FRAMES);
    }

    @Tag("long")
    @Test
    void fuzz_manyMoreMutatedFrames_leaveTheServerServing() throws InterruptedException {
        fuzz(MANY_FRAMES);
    }

    private void fuzz(int frames) throws InterruptedException {
        ServerProcess server = (ServerProcess) SharedServer.server();
        int linesBefore = server.log().size();
        try (RawClient healthy = SharedServer.connected("1.2")) {
            healthy.send("SUBSCRIBE\nid:h\ndestination:/topic/healthy\nreceipt:r\n\n\0");
            assertThat(healthy.next()).contains("receipt-id:r");
            for (int sent = 0, round = 0; sent < frames; round++) {
                sent += attack();
                healthy.send("SEND\ndestination:/topic/healthy\n\n" + round + "\0");
                assertThat(healthy.next()).endsWith("\n\n" + round);
            }
        }
        List<String> log = server.log();
        assertThat(log.subList(linesBefore, log.size())).noneMatch(line -> line.contains("a fault of the server"));
    }

    /** One connection with a mutated frame now and then, until the server closes it or it had its share. */
    private int attack() throws InterruptedException {
        try (RawClient client = SharedServer.connected("1.2")) {
            int sent = 0;
            for (int message = 0; message < 20 && client.isOpen(); message++) {
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int i = 0; i < FRAMES_IN_A_MESSAGE; i++) {
                    frames.writeBytes(random.nextInt(FRAMES_IN_A_MESSAGE) == 0 ? mutated() : HARMLESS);
                }
                sent += FRAMES_IN_A_MESSAGE;
                try {
                    client.sendBinary(frames.toByteArray());
                } catch (CompletionException closed) {
                    return sent;
                }
            }
            return sent;
        }
    }

    private byte[] mutated() {
        byte[] frame = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> flip(frame);
            case 1 -> cut(frame, random.nextInt(frame.length), frame.length);
            case 2 -> cut(frame, 0, random.nextInt(frame.length));
            case 3 -> insert(frame, random.nextInt(256));
            case 4 -> insert(frame, ':');
            case 5 -> insert(frame, '\n');
            default -> frame;
        };
    }

    private byte[] flip(byte[] frame) {
        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        return frame;
    }

    private byte[] insert(byte[] frame, int octet) {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        int at = random.nextInt(frame.length);
        longer.write(frame, 0, at);
        longer.write(octet);
        longer.write(frame, at, frame.length - at);
        return longer.toByteArray();
    }

    private static byte[] cut(byte[] frame, int from, int to) {
        return Arrays.copyOfRange(frame, from, to);
    }
}
