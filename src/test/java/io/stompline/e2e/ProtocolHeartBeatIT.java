package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heart-beats and timeouts on the wire, shortened. */
@Tag(Server.ANY)
class ProtocolHeartBeatIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.demo()
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.heart-beat.send", "2000")
                .with("stompline.heart-beat.expect", "2000")
                .with("stompline.heart-beat.shortest", "500")
                .with("stompline.connect-timeout", "PT1S")
                .with("stompline.ping.interval", "300")
                .with("stompline.ping.timeout", "1500")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"'0,0', '2000,2000'", "'600,700', '700,600'", "'50,50', '500,500'", "'5000,5000', '2000,2000'"})
    void heartBeat_wish_isGrantedWithinTheLimits(String client, String offered) throws InterruptedException {
        try (RawClient connected = connect("heart-beat:" + client + "\n")) {
            assertThat(connected.next()).contains("heart-beat:" + offered + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1", "-1,0", "1,2,3", "1.5,2", ","})
    void heartBeat_malformed_isRefused(String header) throws InterruptedException {
        try (RawClient client = connect("heart-beat:" + header + "\n")) {
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:invalid header\n")
                    .contains("heart-beat");
        }
    }

    @Test
    void heartBeat_in10_isIgnored() throws InterruptedException {
        try (RawClient client = RawClient.open(server.stompUri())) {
            client.send("CONNECT\nheart-beat:abc\nlogin:user1\npasscode:user1\n\n\0");
            assertThat(client.next()).startsWith("CONNECTED\nversion:1.0\n").doesNotContain("heart-beat");
        }
    }

    @Test
    void heartBeat_agreed_isSent() throws InterruptedException {
        try (RawClient client = connect("heart-beat:0,500\n")) {
            client.next();
            await().until(() -> client.heartBeats() >= 4);
        }
    }

    @Test
    void heartBeat_missing_endsTheClient() throws IOException {
        try (RawSocket mute = new RawSocket(server.stompUri(), "heart-beat:500,0\n")) {
            mute.readThrough("ERROR\nmessage:no heart-beat from the client\n");
            // A close frame begins with 88, its length and the code 1008.
            mute.readThrough("\u0003\u00f0no heart-beat from the client");
        }
    }

    @Test
    void heartBeat_beatsOrAnsweredPings_keepTheClient() throws Exception {
        try (RawClient beating = connect("heart-beat:500,0\n");
                RawClient sleeping = connect("heart-beat:500,0\n");
                RawClient oldest = connect("")) {
            beating.next();
            sleeping.next();
            oldest.next();
            for (int beat = 0; beat < 12; beat++) {
                beating.send("\n");
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            }
            for (RawClient client : new RawClient[] {beating, sleeping, oldest}) {
                client.send("SEND\ndestination:/topic/a\nreceipt:r\n\n\0");
                assertThat(client.next()).contains("receipt-id:r");
            }
        }
    }

    @Test
    void connect_missing_closesTheWebSocket() throws InterruptedException {
        try (RawClient client = RawClient.open(server.stompUri())) {
            client.send("CONN");
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:no CONNECT in time\n")
                    .contains("stompline.connect-timeout");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    private static RawClient connect(String headers) {
        return RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\n" + headers + "login:user1\npasscode:user1\n\n\0");
    }
}
