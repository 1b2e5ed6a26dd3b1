package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.deflate.Compression;
import io.stompline.deflate.CompressionSettings;
import io.stompline.metrics.Metrics;
import io.stompline.security.OriginRule;
import io.stompline.security.audit.Audit;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.session.StompSession;
import io.stompline.session.StompSessions;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A second transport needs nothing but the types of this package and {@link Wire}. */
class FakeTransportTest {
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:h\nlogin:ann\npasscode:ann\n\n^";

    private final StompSessions node = new StompSessions();
    private final FakeTransport transport = new FakeTransport(new TestGateway(node));

    @Test
    void fakeTransport_anyCut_carriesMessages() {
        String frames = CONNECT + "SUBSCRIBE\nid:s\ndestination:/topic/a\nreceipt:r\n\n^"
                + "SEND\ndestination:/topic/a\n\nhéllo^";
        transport.postOctets(frames);
        node.deliver();
        List<String> events = transport.events();
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).startsWith("CONNECTED\n").contains("\nversion:1.2\n");
        assertThat(events.get(1)).isEqualTo("RECEIPT\nreceipt-id:r\n\n^");
        assertThat(events.get(2)).startsWith("MESSAGE\nsubscription:s\n").endsWith("\n\nhéllo^");
        assertThat(transport.closed()).isEmpty();
    }

    @Test
    void fakeTransport_disconnect_answersAndClosesWithNormal() {
        connect();
        transport.post("DISCONNECT\nreceipt:bye\n\n^");
        assertThat(transport.events()).containsExactly("RECEIPT\nreceipt-id:bye\n\n^");
        tickAfter(Duration.ofMillis(150));
        assertThat(transport.events()).containsExactly("close NORMAL disconnected");
        assertThat(transport.session().isGone()).isTrue();
    }

    @Test
    void fakeTransport_error_closesWithItsStatus() {
        connect();
        transport.post("BEGIN\nreceipt:r\n\n^");
        List<String> events = transport.events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).startsWith("ERROR\nmessage:missing header\nreceipt-id:r\n");
        assertThat(events.get(1)).isEqualTo("close PROTOCOL_ERROR missing header");
        assertThat(transport.closed().map(CloseStatus::shouldReconnect)).contains(false);
    }

    @Test
    void fakeTransport_shutdown_tellsToReconnect() {
        connect();
        transport.session().stop(Duration.ofSeconds(1));
        assertThat(transport.closed()).contains(CloseStatus.RESTART);
        assertThat(transport.closed().map(CloseStatus::shouldReconnect)).contains(true);
    }

    @Test
    void fakeTransport_takesNothingForAWhile_getsWhatWaitedInOrder() {
        subscribe();
        transport.hold();
        for (int i = 1; i <= 3; i++) {
            node.publish("/topic/a", "" + i);
        }
        assertThat(transport.events()).singleElement().asString().endsWith("\n\n1^");
        assertThat(node.waitingBytes()).isPositive();
        transport.release();
        List<String> events = transport.events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).endsWith("\n\n2^");
        assertThat(events.get(1)).endsWith("\n\n3^");
        assertThat(node.waitingBytes()).isZero();
    }

    @Test
    void fakeTransport_takesNothingForLong_endsWithAnError() {
        subscribe();
        transport.hold();
        for (int i = 0; i < 4; i++) {
            node.publish("/topic/a", "x".repeat(9_000));
        }
        transport.events();
        transport.release();
        List<String> events = transport.events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0))
                .startsWith("ERROR\nmessage:client reads too slowly\n")
                .endsWith("\n\nmore than 20000 octets wait for this client (stompline.outbox.max-bytes)^");
        assertThat(events.get(1)).isEqualTo("close POLICY_VIOLATION client reads too slowly");
        assertThat(node.waitingBytes()).isZero();
    }

    @Test
    void fakeTransport_breaksOffWhileItTakesNothing_isClosedAfter5Seconds() {
        subscribe();
        transport.hold();
        node.publish("/topic/a", "1");
        tickAfter(Duration.ofSeconds(11));
        assertThat(transport.closed()).isEmpty();
        tickAfter(Duration.ofSeconds(5));
        assertThat(transport.closed()).contains(CloseStatus.POLICY_VIOLATION);
        assertThat(node.waitingBytes()).isZero();
    }

    @Test
    void fakeTransport_silent_isPingedAndGivenUp() {
        connect();
        tickAfter(Duration.ofSeconds(26));
        assertThat(transport.events()).containsExactly("ping");
        transport.answerPing();
        tickAfter(Duration.ofSeconds(26));
        assertThat(transport.events()).containsExactly("ping");
        tickAfter(Duration.ofSeconds(61));
        assertThat(transport.events().get(0)).startsWith("ERROR\nmessage:no heart-beat from the client\n");
        assertThat(transport.closed()).contains(CloseStatus.POLICY_VIOLATION);
    }

    @Test
    void fakeTransport_hangsUp_leavesNothingBehind() {
        subscribe();
        transport.hangUp();
        assertThat(transport.session().isGone()).isTrue();
        assertThat(node.admission().connections()).isZero();
    }

    private void connect() {
        transport.post(CONNECT);
        assertThat(transport.events()).singleElement().asString().startsWith("CONNECTED\n");
    }

    private void subscribe() {
        connect();
        transport.post("SUBSCRIBE\nid:s\ndestination:/topic/a\n\n^");
        assertThat(transport.events()).isEmpty();
    }

    private void tickAfter(Duration time) {
        node.pass(time);
        transport.session().tick();
    }

    /** A composition root as small as can be: everything runs on the thread that calls. */
    private record TestGateway(StompSessions node) implements StompGateway {
        @Override
        public Inbox open(Handshake handshake, Wire wire) {
            SerialLane lane = new SerialLane(Runnable::run);
            StompSession session = node.open(handshake, wire, lane);
            return new Inbox(session, lane, new Semaphore(1), Duration.ofSeconds(30));
        }

        @Override
        public String path() {
            return "/fake";
        }

        @Override
        public TrustedProxies proxies() {
            return new TrustedProxies(List.of());
        }

        @Override
        public Compression compression() {
            return new Compression(new CompressionSettings(false, List.of()), new Metrics());
        }

        @Override
        public HandshakeDoor door() {
            Audit audit = new Audit(refused -> {}, () -> 0);
            return new HandshakeDoor(
                    new HostRule(List.of(), audit),
                    new OriginRule(List.of()),
                    node.admission(),
                    OpenFiles.ofProcess(),
                    new Metrics(),
                    audit);
        }

        @Override
        public Set<String> roles() {
            return Set.of();
        }

        @Override
        public void later(Duration delay, Runnable task) {
            task.run();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Runnable closing() {
            return () -> {};
        }
    }
}
