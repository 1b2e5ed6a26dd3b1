package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import org.junit.jupiter.api.Test;

class DoublesTest {
    private static final Doubles UP_TO_5 = new Doubles(5_000, 15_000);

    @Test
    void marks_messagePublishedBefore_mayBeADouble() {
        assertThat(UP_TO_5.marks(message(5_000, 9_000)))
                .isEqualTo(Headers.of("redelivered", "true", "x-stream-offset", "n.1.9000_5000"));
    }

    /** Others of before may come behind it. */
    @Test
    void marks_messagePublishedLater_isNew_withAPositionThatSaysSo() {
        assertThat(UP_TO_5.marks(message(5_001, 15_000))).isEqualTo(Headers.of("x-stream-offset", "n.1.15000_5000"));
        assertThat(UP_TO_5.of(new Position("n", 2, 15_000)).elsewhereMillis()).isEqualTo(5_000);
    }

    @Test
    void marks_whenAllOfThemHaveCome_areNone() {
        assertThat(UP_TO_5.marks(message(5_000, 15_001))).isEqualTo(Headers.none());
        assertThat(UP_TO_5.of(new Position("n", 2, 15_001)).elsewhereMillis()).isZero();
    }

    @Test
    void marks_ofWhoWasHere_orOfWhatIsNotKept_areNone() {
        assertThat(Doubles.NONE.marks(message(0, 0))).isEqualTo(Headers.none());
        Message notKept = Message.of(Destination.topic("t"), Headers.none(), Body.empty(), "");
        assertThat(UP_TO_5.marks(new Broadcast(notKept))).isEqualTo(Headers.none());
    }

    private static Broadcast message(long sent, long came) {
        Message message =
                Message.of(Destination.topic("t"), Headers.of("timestamp", Long.toString(sent)), Body.utf8("1"), "");
        return new Broadcast(message, "/topic/t", new Position("n", 1, came));
    }
}
