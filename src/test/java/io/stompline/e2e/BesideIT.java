package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.beside.Echo;
import io.stompline.beside.NewsDesk;
import io.stompline.beside.NewsServlet;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An application without a class of Stompline, deployed beside it, reaches browsers and is reached by them: by JMS
 * alone.
 */
@ArquillianTest
class BesideIT {
    private Clients clients;

    @ArquillianResource
    private URL server;

    /** Calls a bean of the guide. */
    private static final String ALERT = """
            @WebServlet("/alert")
            public class AlertServlet extends HttpServlet {
                @Inject
                private Alerts alerts;

                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                    alerts.tell(request.getParameter("name"), request.getParameter("text"));
                }
            }
            """;

    @Deployment(testable = false)
    @TargetsContainer("beside-stompline")
    static WebArchive application() throws IOException {
        Path classes = Files.createTempDirectory("beside");
        Chapter.named("jakarta-messaging").compileJava(classes, List.of(ALERT));
        return ApplicationWar.add(
                ShrinkWrap.create(WebArchive.class, "beside.war")
                        .addClasses(NewsDesk.class, NewsServlet.class, Echo.class),
                classes,
                "WEB-INF/classes");
    }

    @BeforeEach
    void connect() {
        clients = new Clients(URI.create("ws://" + server.getAuthority() + "/stompline-demo/stomp"));
    }

    @AfterEach
    void disconnect() {
        clients.close();
    }

    @Test
    void publish_byJms_reachesAllAfterCommitOnly() throws Exception {
        RawClient subscriber = clients.subscriber("/topic/news");
        assertThat(tell("all-and-fail", "", "never")).isEqualTo("rolled back");
        assertThat(tell("all", "", "hello")).isEqualTo("told");
        ReceivedFrame message = ReceivedFrame.next(subscriber);
        assertThat(message.body()).isEqualTo("hello");
        assertThat(message.headerLines()).contains("destination:/topic/news", "content-type:text/plain");
    }

    @Test
    void publish_byJmsToAUser_reachesAllItsSessions() throws Exception {
        List<RawClient> user1 = List.of(alerted("user1"), alerted("user1"));
        RawClient user2 = alerted("user2");
        alert("user1", "first");
        alert("user2", "second");
        for (RawClient session : user1) {
            ReceivedFrame message = ReceivedFrame.next(session);
            assertThat(message.body()).isEqualTo("first");
            assertThat(message.headerLines())
                    .contains("destination:/user/queue/alerts", "subscription:s")
                    .noneMatch(line -> line.contains("stompline"));
        }
        assertThat(ReceivedFrame.next(user2).body()).isEqualTo("second");
        assertThat(user1).allMatch(RawClient::isIdle);
    }

    @Test
    void publish_byJmsToASessionOrAllButOne_reachesThoseOnly() throws Exception {
        RawClient meant = clients.openAs("user1");
        String session = ReceivedFrame.next(meant).header("session");
        Clients.subscribed(meant, "/user/queue/alerts");
        meant.send("SUBSCRIBE\nid:n\ndestination:/topic/news\nreceipt:n\n\n\0");
        assertThat(meant.next()).isEqualTo("RECEIPT\nreceipt-id:n\n\n");
        RawClient other = clients.subscriber("/topic/news");

        tell("others", session, "not you");
        tell("all", "", "all");
        tell("session", session, "you");
        assertThat(List.of(
                        ReceivedFrame.next(meant).body(),
                        ReceivedFrame.next(meant).body()))
                .containsExactlyInAnyOrder("all", "you");
        assertThat(ReceivedFrame.next(other).body()).isEqualTo("not you");
        assertThat(ReceivedFrame.next(other).body()).isEqualTo("all");
    }

    @Test
    void send_byABrowser_reachesTheApplication() throws Exception {
        RawClient watcher = clients.subscriber("/topic/orders/taken");
        Clients.send(clients.connect(), "/queue/orders", "tea");
        assertThat(ReceivedFrame.next(watcher).body()).isEqualTo("taken: tea");
    }

    @Test
    void reply_byJms_reachesTheSendingSessionOnly() throws Exception {
        RawClient asking = alerted("user1");
        RawClient other = alerted("user1");
        asking.send("SEND\ndestination:/queue/echo\n\nwho?\0");
        assertThat(ReceivedFrame.next(asking).body()).isEqualTo("who?");
        assertThat(other.isIdle()).isTrue();
    }

    private RawClient alerted(String user) throws InterruptedException {
        return Clients.subscribed(clients.connectAs(user), "/user/queue/alerts");
    }

    private String tell(String whom, String name, String text) throws Exception {
        return get("tell?whom=%s&name=%s&text=%s".formatted(whom, name, text.replace(' ', '+')));
    }

    private void alert(String user, String text) throws Exception {
        get("alert?name=%s&text=%s".formatted(user, text));
    }

    private String get(String address) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + server.getAuthority() + "/beside/" + address))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
