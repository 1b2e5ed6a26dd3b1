package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Everywhere;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Components of every kind publish to browsers; the message-driven bean names the resource adapter of the assembled
 * server.
 */
class ComponentsIT {
    @Test
    void publish_everyKindOfComponent_reachesABrowser() throws Exception {
        try (ServerProcess server = ServerProcess.product()
                        .war(ApplicationWar.write(ApplicationWar.of(Everywhere.class)))
                        .start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/everywhere");
            HttpRequest tell = HttpRequest.newBuilder(server.uri("/api/tell")).build();
            assertThat(HttpClient.newHttpClient()
                            .send(tell, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            clients.connect().send("SEND\ndestination:/queue/inbox\n\nhello\0");
            List<String> from = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                from.add(ReceivedFrame.next(browser).body());
            }
            assertThat(from).containsExactlyInAnyOrder("bean", "resource", "mdb");
            RawClient ticks = clients.subscriber("/topic/ticks");
            assertThat(ReceivedFrame.next(ticks).body()).isEqualTo("tick");
        }
    }
}
