package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.routing.Destination;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.StompError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection ends, and what its client and the listeners get to know of it. */
class StompSessionDisconnectTest {
    private static final Destination QUEUE = Destination.queue("q");

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void disconnect_receipt_comesAfterDeliveriesAreGivenBack() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        ann.received();
        ann.wire.hold();
        ann.send(Command.DISCONNECT, "receipt", "bye");
        assertThat(ann.received()).containsExactly("receipt bye");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
        assertThat(node.listener.events())
                .containsExactly(
                        "connected ann", "subscribed /queue/q", "unsubscribed /queue/q", "disconnected: disconnected");
    }

    @ParameterizedTest
    @EnumSource
    void disconnect_eachVersion_isAnswered(Version version) {
        TestClient bob = node.connected("bob", version);
        bob.send(Command.DISCONNECT, "receipt", "bye");
        assertThat(bob.received()).containsExactly("receipt bye");
    }

    @Test
    void disconnect_clientHas150Ms_toCloseTheSocket() {
        ann.send(Command.DISCONNECT, "receipt", "bye");
        ann.pass(Duration.ofMillis(149));
        assertThat(ann.wire.closed()).isEmpty();
        assertThat(ann.session.isGone()).isFalse();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.wire.closed()).containsExactly("NORMAL disconnected");
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void disconnect_withoutReceipt_closes() {
        ann.send(Command.DISCONNECT);
        ann.pass(Duration.ofMillis(150));
        assertThat(ann.received()).isEmpty();
        assertThat(ann.wire.closed()).containsExactly("NORMAL disconnected");
    }

    @Test
    void disconnect_framesAfterwards_areIgnored() {
        ann.raw("DISCONNECT\nreceipt:bye\n\n\0SEND\ndestination:/queue/q\n\n1\0");
        ann.publish("/queue/q", "2", "receipt", "r");
        ann.raw("BROKEN\n\n\0");
        assertThat(ann.received()).containsExactly("receipt bye");
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void disconnect_beforeConnect_isRefused() {
        TestClient stranger = node.open();
        stranger.send(Command.DISCONNECT, "receipt", "bye");
        assertThat(stranger.received()).containsExactly("error: not connected");
        assertThat(node.listener.events()).containsExactly("connected ann");
    }

    @ParameterizedTest
    @CsvSource({"CLIENT_GONE, NORMAL client closed", "DISCONNECT, NORMAL disconnected"})
    void close_eachCause_hasItsStatusAndReason(CloseCause cause, String expected) {
        ann.session.close(cause);
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).isEmpty();
        assertThat(ann.wire.closed()).containsExactly(expected);
        assertThat(node.listener.events()).containsExactly("connected ann", "disconnected: " + cause.reason());
    }

    @Test
    void end_severalCauses_firstCounts() {
        ann.session.fail(StompError.INTERNAL, "first");
        ann.session.fail(StompError.INTERNAL, "second");
        ann.session.disconnect("third");
        ann.session.stop(Duration.ofSeconds(1));
        ann.pass(Duration.ofMinutes(5));
        assertThat(ann.received()).containsExactly("error: internal error");
        assertThat(ann.wire.closed()).containsExactly("INTERNAL_ERROR internal error");
        assertThat(node.listener.events()).containsExactly("connected ann", "disconnected: internal error: first");
        assertThat(node.count(Meter.ERRORS_SENT)).isEqualTo(1);
    }

    @Test
    void error_body_saysWhatIsWrongAndInWhichFrame() {
        ann.publish("/nowhere", "1", "receipt", "a:b");
        assertThat(ann.last().header("message")).contains("invalid destination");
        assertThat(ann.last().header("receipt-id")).contains("a:b");
        assertThat(ann.last().header("content-type")).contains("text/plain");
        assertThat(ann.last().body().text().orElseThrow())
                .startsWith("the header destination is wrong: it must begin with /topic/");
    }

    @Test
    void error_receiptIdIn10_isTrimmedAsInReceipt() {
        TestClient old = node.connected("old", Version.V1_0);
        old.raw("SEND\ndestination: /queue/q\nreceipt: r1 \n\n1\0SEND\ndestination: /nowhere\nreceipt: r2 \n\n2\0");
        assertThat(old.received()).containsExactly("receipt r1", "error: invalid destination");
        assertThat(old.last().header("receipt-id")).contains("r2");
    }

    @Test
    void end_brokenSocket_endsTheSession() {
        ann.wire.hold();
        ann.publish("/topic/a", "1", "receipt", "r");
        ann.wire.refuse();
        ann.pass(Duration.ofMillis(100));
        assertThat(node.listener.events()).endsWith("disconnected: client closed");
        assertThat(ann.session.isGone()).isTrue();
    }
}
