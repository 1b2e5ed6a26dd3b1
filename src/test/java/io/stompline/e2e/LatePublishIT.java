package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Late;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What beans publish while a transaction completes belongs to it, wherever they do so. */
@Tag(Server.ANY)
class LatePublishIT {
    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="notes">
                <jta-data-source>java:app/notes</jta-data-source>
                <class>io.stompline.application.Late$Note</class>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.application(ApplicationWar.write(ApplicationWar.of(Late.class)
                        .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml")
                        .addAsLibrary(ApplicationWar.jarOf("org.h2.Driver").toFile())))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interposed", "registered", "observer", "entity", "option", "jms"})
    void publish_lateThenRollback_isSentToNobody(String how) throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            for (String who : new String[] {"desk", "desk-twice", "clerk"}) {
                assertThat(act(who, how, "never " + who)).isEqualTo("rolled back");
            }
            assertThat(act("desk", how, how)).isEqualTo("committed");
            assertThat(body(browser)).isEqualTo(how);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interposed", "registered", "observer", "entity", "jms"})
    void publish_lateThenCommit_followsEarlierPublications(String how) throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            for (int i = 0; i < 5; i++) {
                assertThat(act("desk-twice", how, how + i)).isEqualTo("committed");
                assertThat(body(browser)).isEqualTo(how + i + " early");
                assertThat(body(browser)).isEqualTo(how + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interposed", "registered", "observer", "entity", "option", "jms"})
    void publish_lateInInnerTransaction_isNotThatOfTheCaller(String how) throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            assertThat(act("chief", how, "never within")).isEqualTo("committed");
            assertThat(body(browser)).isEqualTo("chief");
            assertThat(body(browser)).isEqualTo("failed");
            assertThat(act("chief", how, how + " within")).isEqualTo("committed");
            assertThat(body(browser)).isEqualTo(how + " within");
            assertThat(body(browser)).isEqualTo("chief");
        }
    }

    @Test
    void publish_afterCompletion_isSentAtOnce() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            for (String who : new String[] {"desk", "clerk"}) {
                assertThat(act(who, "after", "never")).isEqualTo("rolled back");
                assertThat(body(browser)).isEqualTo("never 4");
                assertThat(act(who, "after", "done")).isEqualTo("committed");
                assertThat(body(browser)).isEqualTo("done 3");
                assertThat(act(who, "success", "success")).isEqualTo("committed");
                assertThat(body(browser)).isEqualTo("success");
            }
        }
    }

    @Test
    void publish_doomedTransaction_isRefusedExceptImmediately() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            for (String who : new String[] {"desk", "desk-twice", "clerk"}) {
                act(who, "failed", "sorry");
                assertThat(body(browser))
                        .isEqualTo("sorry: a message to /topic/late is not published, because the transaction will be"
                                + " rolled back; PublishOptions.immediately() publishes outside of it");
            }
        }
    }

    @Test
    void kept_withoutDataSource_isRefusedWithTheSetting() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient browser = clients.subscriber("/topic/late");
            assertThat(act("desk", "kept", "lost")).isEqualTo("committed");
            assertThat(body(browser))
                    .isEqualTo("no message is kept for users here: the setting stompline.inbox.data-source, the JNDI"
                            + " name of the application's data source, is missing");
        }
    }

    private static String body(RawClient client) throws InterruptedException {
        return ReceivedFrame.next(client).body();
    }

    private static String act(String who, String how, String name) throws Exception {
        String query = "/late?who=" + who + "&how=" + how + "&name=" + name.replace(" ", "%20");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.uri(query)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
