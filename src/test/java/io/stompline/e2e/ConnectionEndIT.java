package io.stompline.e2e;

import static io.stompline.e2e.support.RawSocket.closeFrame;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.SharedServer;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that still writes when its connection is closed reads why (STOMP 1.2 "Connection Lingering"). */
@Tag(Server.ANY)
@ExtendWith(SharedServer.class)
class ConnectionEndIT {
    private static final int TEXT = 0x81;
    private static final byte[] CLOSE = RawSocket.frame(0x88, new byte[] {3, (byte) 0xE8});

    @RepeatedTest(20)
    void end_clientStillWrites_readsReceiptErrorAndCloseCode() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri(), "")) {
            client.write(text("SEND\ndestination:/topic/end\nreceipt:r1\n\n\0"));
            client.write(text("SUBSCRIBE\nid:1\ndestination:/nope\n\n\0"));
            for (int i = 0; i < 30; i++) {
                client.write(text("SEND\ndestination:/topic/end\n\n" + "x".repeat(10_000) + "\0"));
            }
            assertThat(client.readToClose())
                    .contains("RECEIPT\nreceipt-id:r1", "ERROR\n", "destination '/nope'", closeFrame(1002));
        }
    }

    @RepeatedTest(5)
    void end_refusedConnect_readsErrorThoughMoreFollows() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri())) {
            client.write(text("CONNECT\naccept-version:1.2\nhost:h\nlogin:nobody\npasscode:wrong\n\n\0"));
            for (int i = 0; i < 30; i++) {
                client.write(text("SEND\ndestination:/topic/end\n\n" + "x".repeat(10_000) + "\0"));
            }
            assertThat(client.readToClose()).contains("ERROR\nmessage:access refused", closeFrame(1008));
        }
    }

    @Test
    void end_bodyInManyParts_readsErrorThoughItGoesOn() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri(), "")) {
            client.write(RawSocket.frame(0x01, bytes("SEND\ndestination:/topic/end\n\n")));
            for (int i = 0; i < 40; i++) {
                client.write(RawSocket.frame(0x00, bytes("x".repeat(16_000))));
            }
            client.write(RawSocket.frame(0x80, bytes("\0")));
            assertThat(client.readToClose()).contains("ERROR\nmessage:frame too large", closeFrame(1009));
        }
    }

    @Test
    void end_stompJsSplitsAFrameOverTheLimit_hearsErrorAndCode() throws Exception {
        StompJs.run(SharedServer.server(), "1.2", """
                for (let run = 0; run < 5; run++) {
                  const ends = mailbox();
                  const client = await open({
                    splitLargeFrames: true,
                    onStompError: (frame) => ends.put(frame.headers.message),
                    onWebSocketClose: (event) => ends.put(event.code),
                  });
                  client.publish({ destination: '/topic/end', body: 'x'.repeat(300_000) });
                  assert.equal(await ends.next(), 'frame too large');
                  assert.equal(await ends.next(), 1009);
                  await client.deactivate();
                }
                """);
    }

    @Test
    void end_webSocketFrameOverTheLimit_readsErrorAnd1009() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri(), "")) {
            client.write(text("SEND\ndestination:/topic/end\nreceipt:r1\n\n\0"));
            client.write(text("x".repeat(3_000_000)));
            assertThat(client.readToClose())
                    .contains("receipt-id:r1", "3000000 octets", "stompline.websocket.max-bytes", closeFrame(1009));
        }
    }

    @Test
    void end_webSocketFrameOverTheLimitBeforeConnect_readsErrorAnd1009() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri())) {
            client.write(text("x".repeat(1_300_000)));
            assertThat(client.readToClose()).contains("stompline.websocket.max-bytes", closeFrame(1009));
        }
    }

    @Test
    void end_reservedLength_readsErrorAnd1002() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri())) {
            client.write(new byte[] {(byte) TEXT, -1, -1, -1, -1, -1, -1, -1, -1, -1});
            assertThat(client.readToClose()).contains("highest bit", closeFrame(1002));
        }
    }

    @Test
    void end_unmaskedFrame_readsErrorAnd1002() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri())) {
            client.write(new byte[] {(byte) TEXT, 1, '\n'});
            assertThat(client.readToClose()).contains("must be masked", closeFrame(1002));
        }
    }

    @Test
    void end_clientCloses_isAnsweredAtOnce() throws IOException {
        try (RawSocket client = new RawSocket(SharedServer.uri(), "")) {
            client.write(CLOSE);
            assertThat(client.readToEnd()).contains(closeFrame(1000));
        }
    }

    /** What lies in the buffers of the network comes first; the ERROR, too, if the client reads within 5 s. */
    @Test
    void end_clientThatHadNotRead_readsCodeAndReasonWhenItDoes() throws Exception {
        try (RawSocket slow = new RawSocket(SharedServer.uri(), "");
                Clients clients = new Clients(SharedServer.uri())) {
            slow.write(text("SUBSCRIBE\nid:s\ndestination:/topic/slow-end\nreceipt:r\n\n\0"));
            slow.readThrough("receipt-id:r\n\n\0");
            RawClient publisher = clients.connectAs("user2");
            for (int i = 0; i < 400; i++) {
                publisher.send("SEND\ndestination:/topic/slow-end\n\n" + "x".repeat(60_000) + "\0");
            }
            Clients.send(publisher, "/topic/slow-end", "last");
            slow.readThrough(closeFrame(1008) + "client reads too slowly");
        }
    }

    private static byte[] text(String payload) {
        return RawSocket.frame(TEXT, bytes(payload));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
