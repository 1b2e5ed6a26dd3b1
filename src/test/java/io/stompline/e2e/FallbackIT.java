package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.DemoPage;
import io.stompline.e2e.support.Firefox;
import io.stompline.server.Middlebox;
import io.stompline.server.Middlebox.Habit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demos where no WebSocket gets through: {@code stompline-socket.js} in Chromium. */
class FallbackIT {
    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @Test
    void fallback_browserWithoutWebSocket_carriesTheChat() {
        DemoPage without = withoutWebSocket("chat.html").joinAs("user1");
        DemoPage with = new DemoPage(BROWSERS.desktop("chat.html")).joinAs("user2");
        assertThat(without.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        say(without, "Größe \uD83D\uDE00 by HTTP");
        assertThat(with.byId("lines")).containsText("Größe \uD83D\uDE00 by HTTP");
        say(with, "by WebSocket");
        assertThat(without.byId("lines")).containsText("by WebSocket");

        without.unfoldHow();
        assertThat(without.byId("frames")).containsText("CONNECTED");
        without.button("Leave").click();
        assertThat(without.byId("state")).hasText("Disconnected");
        assertThat(requests).anyMatch(url -> url.endsWith("/stomp/http"));
    }

    @Tag("long")
    @Test
    void fallback_firefoxWithoutWebSocket_carriesTheChat(@TempDir Path profile) throws Exception {
        DemoPage with = new DemoPage(BROWSERS.desktop("chat.html")).joinAs("user2");
        try (Firefox without = Firefox.launch(profile)) {
            without.beforeEachPage("() => { delete globalThis.WebSocket; }");
            without.open(BROWSERS.server().uri("/chat.html"));
            assertThat(without.call("""
                    async (line) => {
                      const byId = (id) => document.getElementById(id);
                      const until = async (find) => {
                        for (;;) {
                          const found = find();
                          if (found) {
                            return found;
                          }
                          await new Promise((next) => setTimeout(next, 50));
                        }
                      };
                      (await until(() => document.querySelector('[aria-label="Join as user1"]'))).click();
                      await until(() => byId('state').innerText === 'Connected');
                      byId('text').value = line;
                      byId('text').form.requestSubmit();
                      await until(() => byId('lines').innerText.includes(line));
                      return typeof WebSocket;
                    }
                    """, "Größe by HTTP from Firefox")).isEqualTo("undefined");
            assertThat(with.byId("lines")).containsText("Größe by HTTP from Firefox");
        }
    }

    @Test
    void fallback_browserWithoutWebSocket_carriesTheBoard() {
        DemoPage without = withoutWebSocket("board.html").joinAs("user1");
        DemoPage with = new DemoPage(BROWSERS.desktop("board.html")).joinAs("user2");
        without.page().getByLabel("New card").fill("by HTTP");
        without.button("Add").click();
        with.button("Doing →: by HTTP").click();
        without.button("Remove: by HTTP").click();
        assertThat(with.button("Remove: by HTTP")).hasCount(0);
    }

    @Test
    void fallback_browserWithoutWebSocket_carriesTheSharedText() {
        DemoPage without = withoutWebSocket("text.html?text=draft").joinAs("user1");
        DemoPage with = new DemoPage(BROWSERS.desktop("text.html?text=draft")).joinAs("user2");
        for (DemoPage page : List.of(without, with)) {
            assertThat(page.byId("text")).isEditable();
        }
        // Another test may have written here.
        without.byId("text").fill("HTTP");
        assertThat(with.byId("text")).hasValue("HTTP");
        with.byId("text").press("Control+Home");
        with.byId("text").pressSequentially("WebSocket and ");
        for (DemoPage page : List.of(without, with)) {
            assertThat(page.byId("text")).hasValue("WebSocket and HTTP");
            assertThat(page.byId("gaps")).hasText("0");
            assertThat(page.byId("doubles")).hasText("0");
        }
    }

    @ParameterizedTest
    @CsvSource({"PASSES_ON, sse", "HOLDS_THE_FIRST_KIB, sse", "HOLDS_ALL, poll"})
    void fallback_middlebox_isPassedByWhatItLetsThrough(Habit habit, String transport) throws IOException {
        int port = BROWSERS.server().uri("/").getPort();
        try (Middlebox middlebox = new Middlebox(port, habit)) {
            URI address = URI.create("http://127.0.0.1:" + middlebox.port() + "/chat.html");
            DemoPage behind = new DemoPage(
                            habit == Habit.HOLDS_ALL ? BROWSERS.visitWithLimits(address) : BROWSERS.visit(address))
                    .joinAs("user1");
            DemoPage before = new DemoPage(BROWSERS.desktop("chat.html")).joinAs("user2");
            say(behind, "from behind " + habit);
            assertThat(before.byId("lines")).containsText("from behind " + habit);
            say(before, "before " + habit);
            assertThat(behind.byId("lines")).containsText("before " + habit);
            assertThat(behind.page().evaluate("() => Object.entries(sessionStorage).join('\\n')"))
                    .asString()
                    .containsPattern("stompline-transport .* " + transport + " true");

            // It begins with what worked, and tries a WebSocket beside it.
            behind.page().reload();
            assertThat(behind.byId("state")).hasText("Connected");
            behind.page().close();
            BROWSERS.expect("WebSocket connection to");
        }
    }

    private DemoPage withoutWebSocket(String name) {
        return new DemoPage(BROWSERS.open(name, 1280, 800, page -> {
            page.addInitScript("delete window.WebSocket");
            page.onRequest(request -> requests.add(request.url()));
        }));
    }

    private static void say(DemoPage page, String text) {
        page.byId("text").fill(text);
        page.button("Say").click();
    }
}
