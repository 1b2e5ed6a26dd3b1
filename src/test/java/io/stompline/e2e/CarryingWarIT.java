package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Greeter;
import io.stompline.application.JsonFormat;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A WAR of somebody's own with Stompline's classes JAR in it: beans and endpoint come along, at a path of its own. */
@ArquillianTest
class CarryingWarIT {
    @ArquillianResource
    private URL root;

    @Deployment(testable = false)
    static WebArchive application() {
        return ApplicationWar.of(Greeter.class, JsonFormat.class)
                .addAsResource(new StringAsset("""
                                stompline.path=/live/messages
                                stompline.frame.max-bytes=2000
                                stompline.help=/help/guide.html
                                """), "META-INF/microprofile-config.properties");
    }

    @Test
    void publish_under20LinesOfUserCode_reachABrowser() throws Exception {
        try (Clients clients = new Clients(endpoint("live/messages"))) {
            RawClient browser = clients.subscriber("/topic/greetings");
            assertThat(ReceivedFrame.next(browser).body()).isEqualTo("Hello, browser!");
        }
        List<String> source = Files.readAllLines(Path.of("src/test/java/io/stompline/application/Greeter.java"));
        assertThat(source).hasSizeLessThan(20);
    }

    @Test
    void json_objectMapperOfTheApplication_isUsed() throws Exception {
        try (Clients clients = new Clients(endpoint("live/messages"))) {
            RawClient browser = clients.subscriber("/user/queue/replies");
            browser.send("SEND\ndestination:/app/name\ncontent-type:application/json\n\n{\"first_name\":\"Ann\"}\0");
            assertThat(ReceivedFrame.next(browser).body()).isEqualTo("{\"first_name\":\"Ann\"}");
        }
    }

    @Test
    void setting_ofTheApplication_isUsed() throws Exception {
        try (Clients clients = new Clients(endpoint("live/messages"))) {
            RawClient browser = clients.connect();
            browser.send("SEND\ndestination:/topic/x\n\n" + "x".repeat(2000) + "\0");
            ReceivedFrame error = ReceivedFrame.next(browser);
            assertThat(error.header("message")).isEqualTo("frame too large");
            assertThat(error.header("help")).isEqualTo("/help/guide.html#errors/frame-too-large");
        }
    }

    @Test
    void endpoint_otherPath_isNotFound() {
        assertThatThrownBy(() -> RawClient.open(endpoint("stomp"))).hasStackTraceContaining("404");
    }

    private URI endpoint(String path) {
        return URI.create("ws://" + root.getAuthority() + root.getPath() + path);
    }
}
