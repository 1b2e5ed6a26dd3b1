package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.application.Alerts;
import io.stompline.application.ApplicationWar;
import io.stompline.application.OrderServlet;
import io.stompline.application.Orders;
import io.stompline.application.Roles;
import io.stompline.application.SessionServlet;
import io.stompline.application.Watcher;
import io.stompline.server.BrokerProcess;
import io.stompline.server.Server;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/**
 * A broker that is a process of its own, a database, and servers that share them, each with the test application. One
 * thread at a time.
 */
public final class Nodes implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The id of an HTTP session is the client's, so that both nodes have one with the same id. */
    private static final String SAME_HTTP_SESSIONS = """
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app><property name="reuseSessionID" value="true"/></glassfish-web-app>
            """;

    private final BrokerProcess broker = BrokerProcess.start();
    private final Path war = ApplicationWar.write(ApplicationWar.of(
                    Alerts.class, Orders.class, OrderServlet.class, Watcher.class, SessionServlet.class, Roles.class)
            .addAsWebInfResource(new StringAsset(SAME_HTTP_SESSIONS), "glassfish-web.xml")
            .addAsLibrary(ApplicationWar.jarOf("org.h2.Driver").toFile()));
    private final SharedDatabase database = new SharedDatabase();
    private final List<ServerProcess> all = new ArrayList<>();

    /**
     * One more node. It keeps last values of {@code /topic/last/**} and messages of {@code /topic/kept/**}, and knows
     * who is in {@code /topic/rooms/**}. What it keeps for users is in a database that all of them share.
     */
    public ServerProcess start() {
        ServerProcess node = broker.usedBy(ServerProcess.product().war(war))
                .with("stompline.last-value", "/topic/last/** key=cell")
                .with("stompline.presence", "/topic/rooms/**")
                .with("stompline.history", "/topic/kept/** 5000 10m")
                .with("stompline.outbox.max-bytes", "4000000")
                .with("stompline.inbox.data-source", "java:app/alerts")
                .with("alerts.database", database.url())
                .start();
        all.add(node);
        return node;
    }

    /** What they share. */
    public BrokerProcess broker() {
        return broker;
    }

    /** Waits until these nodes know of each other. */
    public static void awaitAcquaintance(ServerProcess one, ServerProcess other) throws InterruptedException {
        awaitSight(one, other);
        awaitSight(other, one);
    }

    /** What the beans of a node know of sessions, or what they do to them; see {@link SessionServlet}. */
    public static String sessions(Server node, String what, String name) {
        return get(node, "/sessions?what=" + what + "&name=" + name);
    }

    /** Has the beans of a node publish; see {@link OrderServlet}. */
    public static void act(Server node, String what, String name) {
        assertThat(get(node, "/do?what=" + what + "&name=" + name)).isEqualTo("done");
    }

    /** Has the beans of a node keep a message for a user, or asks them; see {@link Alerts}. */
    public static String alert(Server node, String what, String user, String text) {
        return get(node, "/alerts?what=" + what + "&user=" + user + "&text=" + text);
    }

    @Override
    public void close() {
        all.forEach(ServerProcess::close);
        database.close();
        broker.close();
    }

    private static void awaitSight(ServerProcess from, ServerProcess to) throws InterruptedException {
        try (Clients there = new Clients(to.stompUri())) {
            there.connectAs("scout");
            await().atMost(LIMIT).until(() -> sessions(from, "of-user", "scout").contains("scout"));
        }
        await().atMost(LIMIT).until(() -> sessions(from, "of-user", "scout").isEmpty());
    }

    private static String get(Server node, String path) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(node.uri(path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
