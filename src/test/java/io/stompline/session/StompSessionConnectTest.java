package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.security.Admission;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StompSessionConnectTest {
    private final TestNode node = new TestNode();
    private final TestClient client = node.open();

    @ParameterizedTest
    @EnumSource
    void connect_eachVersion_answersVersionSessionServerAndUser(Version version) {
        client.connect("ann", version, "heart-beat", "0,0");
        Headers answer = client.last().headers();
        assertThat(client.received()).containsExactly("connected " + version.number());
        assertThat(answer.first("session")).contains("session-1");
        assertThat(answer.first("server")).contains("Stompline");
        assertThat(answer.first("user-name")).contains("ann");
        assertThat(answer.has("heart-beat")).isEqualTo(version != Version.V1_0);
        assertThat(node.listener.events()).containsExactly("connected ann");
        assertThat(node.count(Meter.SESSIONS_CONNECTED)).isEqualTo(1);
    }

    @Test
    void connected_limitOfFrames_isTold() {
        client.connect("ann", Version.V1_2);
        assertThat(client.last().header("max-frame-bytes")).contains("10000");
    }

    @Test
    void connect_stompCommand_isTheSame() {
        client.send(Command.STOMP, "accept-version", "1.1,1.2", "host", "localhost", "login", "ann", "passcode", "ann");
        assertThat(client.received()).containsExactly("connected 1.2");
    }

    @Test
    void connect_session_showsCallerAddressAndTime() {
        node.clock.pass(Duration.ofSeconds(3));
        assertThat(client.session.isConnected()).isFalse();
        client.connect("ann", Version.V1_2);
        assertThat(client.session.isConnected()).isTrue();
        assertThat(client.session.caller()).isEqualTo(Caller.named("ann"));
        assertThat(client.session.id()).isEqualTo("session-1");
        assertThat(client.session.remoteAddress()).isEqualTo("10.0.0.1");
        assertThat(client.session.connectedSince()).isEqualTo(Instant.EPOCH.plusSeconds(3));
        assertThat(client.session.framesReceived()).isEqualTo(1);
    }

    @Test
    void login_userOfTheHandshake_isTakenUnlessThereIsALogin() {
        TestClient known = node.open(Optional.of(Caller.named("carl")), Optional.empty());
        known.send(Command.CONNECT, "accept-version", "1.2", "host", "localhost");
        assertThat(known.session.caller().name()).isEqualTo("carl");
        TestClient other = node.open(Optional.of(Caller.named("carl")), Optional.empty());
        other.connect("ann", Version.V1_2);
        assertThat(other.session.caller().name()).isEqualTo("ann");
        TestClient wrong = node.open(Optional.of(Caller.named("carl")), Optional.empty());
        wrong.send(Command.CONNECT, "accept-version", "1.2", "host", "localhost", "login", "ann", "passcode", "no");
        assertThat(wrong.received()).containsExactly("error: access refused");
    }

    @Test
    void login_noneAndNoUserOfTheHandshake_isRefusedWithWhatIsMissing() {
        client.send(Command.CONNECT, "accept-version", "1.2", "host", "localhost");
        assertThat(client.received()).containsExactly("error: access refused");
        assertThat(client.last().body().text().orElseThrow())
                .isEqualTo(
                        "this CONNECT has neither a header login nor a token, and the user of the handshake is not known");
    }

    @Test
    void login_wrong_isRefusedWithoutSayingWhatIsWrong() {
        client.send(Command.CONNECT, "accept-version", "1.2", "host", "localhost", "login", "ann", "passcode", "wrong");
        assertThat(client.received()).containsExactly("error: access refused");
        assertThat(client.last().body().text().orElseThrow())
                .isEqualTo("the server did not accept the login and passcode");
        assertThat(client.wire.closed()).containsExactly("POLICY_VIOLATION access refused");
        assertThat(node.listener.events()).singleElement().asString().startsWith("refused ann: ");
        assertThat(node.count(Meter.LOGINS_REFUSED)).isEqualTo(1);
        TestClient nameless = node.open();
        nameless.send(Command.CONNECT, "accept-version", "1.2", "host", "localhost");
        assertThat(nameless.received()).containsExactly("error: access refused");
    }

    @Test
    void login_tooManyWrongPasscodes_isLocked() {
        for (int i = 0; i < 2; i++) {
            node.open()
                    .send(
                            Command.CONNECT,
                            "accept-version",
                            "1.2",
                            "host",
                            "localhost",
                            "login",
                            "ann",
                            "passcode",
                            "guess " + i);
        }
        client.connect("ann", Version.V1_2);
        assertThat(client.received()).containsExactly("error: access refused");
        assertThat(client.last().body().text().orElseThrow()).contains("stompline.login.max-failures");
        assertThat(node.connected("bob").session.isConnected()).isTrue();
    }

    @Test
    void login_manyAtATime_waitsWithoutAThread() {
        for (int i = 0; i < Admission.LOGINS_AT_A_TIME; i++) {
            assertThat(node.admission.beginLogin()).isTrue();
        }
        client.connect("ann", Version.V1_2);
        client.subscribe("s", "/topic/a", "receipt", "r");
        client.pass(Duration.ofSeconds(1));
        assertThat(client.received()).isEmpty();
        node.admission.endLogin();
        client.pass(Duration.ofMillis(100));
        assertThat(client.received()).containsExactly("connected 1.2", "receipt r");
        assertThat(node.admission.hasRoomForLogin()).isTrue();
    }

    @Test
    void login_waitedForTooLong_isToldToComeAgain() {
        for (int i = 0; i < Admission.LOGINS_AT_A_TIME; i++) {
            assertThat(node.admission.beginLogin()).isTrue();
        }
        client.connect("ann", Version.V1_2);
        client.pass(Duration.ofSeconds(60));
        assertThat(client.received()).containsExactly("error: server overloaded");
    }

    @Test
    void connect_noCommonVersion_namesTheVersions() {
        client.send(Command.CONNECT, "accept-version", "1.3,2.0", "host", "localhost");
        assertThat(client.received()).containsExactly("error: unsupported protocol version");
        assertThat(client.last().header("version")).contains("1.0,1.1,1.2");
        assertThat(client.wire.closed()).containsExactly("PROTOCOL_ERROR unsupported protocol version");
    }

    @Test
    void connect_otherFrameBefore_isRefused() {
        client.publish("/topic/a", "x");
        assertThat(client.received()).containsExactly("error: not connected");
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void connect_twice_isRefused() {
        client.connect("ann", Version.V1_2);
        client.connect("ann", Version.V1_2);
        assertThat(client.received()).containsExactly("connected 1.2", "error: already connected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTED", "MESSAGE", "RECEIPT", "ERROR"})
    void frame_commandOfAServer_isRefused(String command) {
        client.connect("ann", Version.V1_2);
        client.raw(command + "\n\n\0");
        assertThat(client.received()).containsExactly("connected 1.2", "error: command is for servers only");
    }

    @Test
    void connect_missing_endsAfter10Seconds() {
        client.pass(Duration.ofSeconds(10));
        assertThat(client.received()).isEmpty();
        client.pass(Duration.ofMillis(1));
        assertThat(client.received()).containsExactly("error: no CONNECT in time");
        assertThat(client.wire.closed()).containsExactly("POLICY_VIOLATION no CONNECT in time");
    }

    @Test
    void connect_checkedForLonger_isToldSo() {
        node.tokens = shown -> {
            client.pass(Duration.ofMillis(10_001));
            return new Authentication.Accepted(Caller.named("ann"));
        };
        client.send(Command.CONNECT, "accept-version", "1.2", "host", "h", "Authorization", "Bearer x");
        assertThat(client.received()).containsExactly("error: server overloaded");
        assertThat(client.session.hasEnded()).isTrue();
    }

    @Test
    void connect_largeFrameBeforeConnected_isRefused() {
        client.raw("CONNECT\n" + ("a:" + "x".repeat(900) + "\n").repeat(3) + "\n\0");
        assertThat(client.received()).containsExactly("error: frame too large");
        assertThat(client.wire.closed()).containsExactly("TOO_BIG frame too large");
        TestClient ann = node.connected("ann");
        ann.publish("/topic/a", "x".repeat(9_000));
        assertThat(ann.received()).isEmpty();
        ann.publish("/topic/a", "x".repeat(10_001));
        assertThat(ann.received()).containsExactly("error: frame too large");
    }

    @Test
    void connect_framesInTheSameBytes_areCarriedOut() {
        client.raw("CONNECT\naccept-version:1.1\nhost:h\nlogin:ann\npasscode:ann\n\n\0"
                + "SUBSCRIBE\nid:s\ndestination:/topic/a\n\n\0SEND\ndestination:/topic/a\nx:a\\cb\n\nhello\0");
        assertThat(client.received()).containsExactly("connected 1.1", "s: hello");
        assertThat(client.last().header("x")).contains("a:b");
    }

    @Test
    void connect_oneConnectionTooMany_isRefused() {
        TestNode small = new TestNode(Rules.usual(), new Admission.Limits(0, 0, 1, 0, 0), Optional.empty());
        TestClient first = small.connected("ann");
        TestClient second = small.open();
        second.connect("ann", Version.V1_2);
        assertThat(second.received()).containsExactly("error: too many connections");
        assertThat(second.wire.closed()).containsExactly("TRY_AGAIN_LATER too many connections");
        assertThat(small.listener.events()).last().asString().contains("stompline.connections.max-per-user");
        first.session.close(CloseCause.CLIENT_GONE);
        assertThat(small.connected("ann").session.isConnected()).isTrue();
    }
}
