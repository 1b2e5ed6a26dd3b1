package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that begin what they do not end. */
class StompSessionUnfinishedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ENDED = "error: frame not finished in time";

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "0,0");

    @Test
    void unfinishedFrame_octetAfterOctet_endsTheConnection() {
        ann.raw("SEND\ndestination:/topic/a\n\n");
        drip(60);
        assertThat(ann.received()).isEmpty();
        drip(1);
        assertThat(ann.received()).containsExactly(ENDED);
        assertThat(ann.last().body().text().orElseThrow()).contains("60000 ms", "stompline.frame.timeout");
        assertThat(ann.wire.closed()).containsExactly("POLICY_VIOLATION frame not finished in time");
        assertThat(node.count(Meter.UNFINISHED_FRAMES)).isEqualTo(1);
    }

    @Test
    void unfinishedFrame_halfACommand_endsTheConnection() {
        ann.raw("SE");
        answerPings(61);
        assertThat(ann.received()).containsExactly(ENDED);
    }

    @Test
    void unfinishedFrame_aSecondMoreForEachKibibyte_letsASlowUploadPass() {
        ann.raw("SEND\ndestination:/topic/a\nreceipt:r\n\n");
        for (int second = 0; second < 8; second++) {
            ann.raw("x".repeat(1024));
            answerPings(8);
        }
        ann.raw("\0");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void unfinishedFrame_framesCutAnywhere_areNotOne() {
        ann.raw("SEND\ndestination:/topic/a\n\n");
        for (int i = 0; i < 10; i++) {
            answerPings(20);
            ann.raw("\0SEND\ndestination:/topic/a\n\n");
        }
        assertThat(ann.received()).isEmpty();
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void unfinishedFrame_heartBeatsBetweenFrames_areNone() {
        for (int i = 0; i < 10; i++) {
            ann.raw("\n");
            answerPings(20);
        }
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void unfinishedFrame_whileTheBusIsAwayOrNobodyReads_isNotLate() {
        ann.raw("SEND\ndestination:/topic/a\n\n");
        ann.session.listen(false);
        answerPings(100);
        ann.session.listen(true);
        answerPings(50);
        assertThat(ann.session.hasEnded()).isFalse();
        answerPings(20);
        assertThat(ann.received()).containsExactly(ENDED);
    }

    @Test
    void unfinishedMessage_ofTheTransport_endsTheConnection() {
        for (int second = 0; second <= 60; second++) {
            ann.session.reading(1, 1);
            ann.pass(SECOND);
        }
        assertThat(ann.received()).containsExactly(ENDED);
    }

    @Test
    void unfinishedMessage_oneAfterTheOther_areNotOne() {
        for (int second = 1; second <= 200; second++) {
            ann.session.reading(1, second % 50 == 0 ? 0 : second / 50 + 1);
            ann.pass(SECOND);
        }
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void unfinishedMessage_thatGrows_isASignOfLife() {
        TestClient bob = node.connected("bob", Version.V1_2, "heart-beat", "1000,0");
        for (int second = 0; second < 10; second++) {
            bob.session.reading(100, 1);
            bob.pass(SECOND);
        }
        assertThat(bob.session.hasEnded()).isFalse();
    }

    private void drip(int seconds) {
        for (int second = 0; second < seconds; second++) {
            ann.raw("x");
            ann.pass(SECOND);
        }
    }

    private void answerPings(int seconds) {
        for (int second = 0; second < seconds; second++) {
            ann.session.heard();
            ann.pass(SECOND);
        }
    }
}
