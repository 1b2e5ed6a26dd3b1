package io.stompline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Roles;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans that handle frames see the same roles as a JAX-RS resource. */
@Tag(Server.ANY)
class RolesIT {
    @Test
    void roles_areThoseThatAResourceSees() throws Exception {
        try (Server server = Server.application(ApplicationWar.write(ApplicationWar.of(Roles.class)))
                        .start();
                Clients clients = new Clients(server.stompUri())) {
            for (String user : new String[] {"boss", "ann"}) {
                String expected = user.equals("boss")
                        ? "boss truetruefalse boss truetrue truetrue"
                        : "ann falsetruefalse ann falsetrue falsetrue";
                RawClient client = clients.connectAs(user);
                client.send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0SEND\ndestination:/app/roles\n\n\0");
                assertThat(ReceivedFrame.next(client).body()).isEqualTo(expected);
                client.send("SUBSCRIBE\nid:a\ndestination:/app/roles\n\n\0");
                assertThat(ReceivedFrame.next(client).body()).isEqualTo(expected);
                assertThat(overHttp(server, user)).isEqualTo(expected);
            }
        }
    }

    private static String overHttp(Server server, String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/api/roles"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
