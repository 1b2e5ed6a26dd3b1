package io.stompline.openmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Texts as OpenMQ 6.5.1 writes them. */
class LossLogTest {
    private static final String BAD_FILE = """
            WARNING: possible data loss for Q:orders.new:
            com.sun.messaging.jmq.io.disk.VRFileWarning: Found bad record while loading /data/Qorders/vrfile(length=9):[
                Bad record found:
                  Reason: bad magic number,
                Bad record found:
                  Reason: bad magic number]
            """;

    private final LossLog log = new LossLog();

    @Test
    void loss_ofADestination_isToldOnceWithItsNameAndPlaces() {
        try (LogLines lines = new LogLines(LossLog.class)) {
            publish(BAD_FILE);
            publish("WARNING: Q:orders.new: found a corrupted message at vrecord(x), a message might be lost");
            publish(
                    "ERROR: [B4143]: Failed to parse message from a VRecord for destination Q:other_1:\njava.io.IOException");
            assertThat(lines.warnings()).hasSize(2);
            assertThat(lines.warnings().get(0)).contains("messages of Q:orders.new may", "is damaged in 2 places");
            assertThat(lines.warnings().get(1)).contains("messages of Q:other_1 may", "is damaged, ");
        }
    }

    @Test
    void otherWarnings_areNotRepeated() {
        try (LogLines lines = new LogLines(LossLog.class)) {
            publish("WARNING: [B2011]: Storing of JMS message from IMQConn[1] failed");
            publish(null);
            assertThat(lines.warnings()).isEmpty();
        }
    }

    private void publish(String text) {
        log.publish(new LogRecord(Level.WARNING, text));
    }
}
