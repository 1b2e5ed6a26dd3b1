package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.Sources;
import io.stompline.server.FaultProxy;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the bean of the guide's chapter on stompline.js, over a line that breaks. */
class StomplineJsIT {
    @TempDir
    private static Path classes;

    private static Server server;
    private static FaultProxy line;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        Chapter chapter = Chapter.named("stompline-js");
        chapter.compileJava(classes);
        WebArchive war = ApplicationWar.of()
                .addAsLibrary(ApplicationWar.stompJs())
                .addAsWebResource(new StringAsset(chapter.block("html")), "index.html");
        server = Server.application(ApplicationWar.write(ApplicationWar.add(war, classes, "WEB-INF/classes")))
                .start();
        line = new FaultProxy(server.uri("/").getPort());
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() throws IOException {
        chromium.close();
        line.close();
        server.close();
    }

    @Test
    void stomplineJs_connectionCut_comesBackAndGoesOn() throws Exception {
        Page page = chromium.browser().newPage();
        AtomicInteger connections = new AtomicInteger();
        page.onWebSocket(opened -> connections.incrementAndGet());
        page.navigate("http://127.0.0.1:" + line.port() + "/");
        Locator lines = page.locator("#lines li");
        assertThat(page.locator("#state")).hasText("connected");
        say(page, "one");
        assertThat(lines).hasText(new String[] {"user1: one"});

        line.cut();
        say(page, "two");
        assertThat(lines).hasText(new String[] {"user1: one", "user1: two"});
        assertThat(page.locator("#outcome")).hasText("2 lines");
        assertThat(connections).hasValue(2);

        try (RawClient other = RawClient.connected(server.stompUri(), "1.2")) {
            other.send("SEND\ndestination:/app/lobby/say\ncontent-type:application/json\n\n{\"text\":\"three\"}\0");
            assertThat(lines).hasText(new String[] {"user1: one", "user1: two", "user1: three"});
        }
        say(page, "");
        assertThat(page.locator("#outcome")).containsText("invalid payload: ");
    }

    @Test
    void stomplineJs_clientOfTheGuide_compilesAgainstItsTypes() throws Exception {
        Sources.compileTypeScript(Chapter.named("stompline-js").block("ts"));
    }

    private static void say(Page page, String text) {
        page.getByLabel("Say").fill(text);
        page.getByText("Send").click();
    }
}
