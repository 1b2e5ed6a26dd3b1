package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Everywhere;
import io.stompline.application.NoBean;
import io.stompline.application.OwnConstructor;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Components of every kind publish to browsers, the message-driven bean by the resource adapter of the assembled server;
 * a class that is no bean handles nothing, and is not asked.
 */
class ComponentsIT {
    private static ServerProcess server;

    @RegisterExtension
    final Clients clients = new Clients(server.stompUri());

    @BeforeAll
    static void start() {
        server = ServerProcess.product()
                .war(ApplicationWar.write(
                        ApplicationWar.of(Everywhere.class, NoBean.class).addAsLibrary(library())))
                .start();
    }

    /** All its classes are beans, but for what CDI cannot make. */
    private static JavaArchive library() {
        return ShrinkWrap.create(JavaArchive.class, "library.jar")
                .addClass(OwnConstructor.class)
                .addAsManifestResource(
                        new StringAsset("<beans version=\"4.0\" bean-discovery-mode=\"all\"/>"), "beans.xml");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void publish_everyKindOfComponent_reachesABrowser() throws Exception {
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

    @Test
    void handler_classesThatAreNoBeans_areWarningsAtTheStart() {
        assertThat(server.log())
                .anyMatch(line -> line.contains("nobody calls answer() of io.stompline.application.NoBean:"
                        + " it is no bean without an annotation such as @ApplicationScoped or @Stateless"))
                .anyMatch(line -> line.contains("nobody calls answer() of io.stompline.application.OwnConstructor:")
                        && line.contains("without a constructor that has no parameters"));
    }

    @Test
    void sendTo_withoutOnSend_isAWarningAtTheStart() {
        assertThat(server.log())
                .anyMatch(
                        line -> line.contains("tell() of io.stompline.application.NoBean has @SendTo without @OnSend"));
    }

    @Test
    void mapperAndCheck_thatAreNoBeans_areWarningsAtTheStart() {
        assertThat(server.log())
                .filteredOn(line -> line.contains("nobody asks"))
                .hasSize(2)
                .anyMatch(line -> line.contains("io.stompline.application.NoBean$Mapper, which implements"
                        + " StompExceptionMapper: it is no bean without an annotation such as @ApplicationScoped"))
                .anyMatch(line -> line.contains("io.stompline.application.NoBean$Members, which implements"
                        + " StompAccessCheck: it is no bean without"));
    }

    @Test
    void handler_classThatIsNoBean_isExplainedInTheLog() throws Exception {
        clients.connect().send("SEND\ndestination:/app/no-bean\n\n\0");
        await().until(() -> server.log().stream()
                .anyMatch(line -> line.contains("a client sent to /app/no-bean, which no bean handles")
                        && line.contains("needs an annotation such as @ApplicationScoped")));
    }
}
