package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    @Test
    void lines_loopback_sayThatOthersDoNotReachIt() throws IOException {
        assertThat(announcement(List.of(""), true, 127, 0, 0, 1).lines())
                .containsExactly(
                        "http://localhost:8080/",
                        "ws://localhost:8080/stomp",
                        "from this machine only; -Dstompline.http.address=0.0.0.0 lets others in",
                        "demo accounts: user1, user2 and admin, passwords equal to the names");
    }

    @Test
    void lines_otherAddress_nameIt() throws IOException {
        assertThat(announcement(List.of("/chat", "/shop"), false, 192, 0, 2, 7).lines())
                .containsExactly(
                        "http://192.0.2.7:8080/chat/",
                        "http://192.0.2.7:8080/shop/",
                        "ws://192.0.2.7:8080/chat/stomp",
                        "ws://192.0.2.7:8080/shop/stomp");
    }

    @Test
    void lines_allAddresses_nameThoseOfThisMachine() throws IOException {
        assertThat(announcement(List.of(""), false, 0, 0, 0, 0).lines())
                .contains("ws://localhost:8080/stomp")
                .noneMatch(line -> line.contains("0.0.0.0"));
    }

    @Test
    void lines_tls_sayHttpsAndWss() throws IOException {
        Announcement announcement = new Announcement(
                InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 443, true, List.of("/stomp"), List.of("/"), false);
        assertThat(announcement.lines()).containsExactly("https://10.0.0.1:443/", "wss://10.0.0.1:443/stomp");
    }

    @Test
    void lines_noEndpoint_sayThat() throws IOException {
        assertThat(announcement(List.of(), false, 192, 0, 2, 7).lines())
                .containsExactly("port 8080; no application has an endpoint at stompline.path");
    }

    private static Announcement announcement(List<String> roots, boolean demo, int... octets) throws IOException {
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            address[i] = (byte) octets[i];
        }
        return new Announcement(
                InetAddress.getByAddress(address),
                8080,
                false,
                roots.stream().map(root -> root + "/stomp").toList(),
                roots.stream().map(root -> root + "/").toList(),
                demo);
    }
}
