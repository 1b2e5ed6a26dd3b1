package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.DemoPage;
import io.stompline.server.BrokerProcess;
import io.stompline.server.FreePorts;
import io.stompline.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The proof: two people write one text while their lines are cut, while they move to another server, and while that
 * one dies. Nothing is missing, nothing comes twice, and the bean is asked for the text only when the server says that
 * it cannot go on.
 */
class SharedTextIT {
    private static final double LIMIT_MILLIS = Duration.ofSeconds(60).toMillis();
    private static final int LEFT = FreePorts.next();
    private static final int RIGHT = FreePorts.next();

    private static BrokerProcess broker;
    private static ServerProcess left;
    private static ServerProcess right;

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers(SharedTextIT::startBoth);

    private static ServerProcess startBoth() {
        broker = BrokerProcess.start();
        left = start(LEFT);
        right = start(RIGHT);
        return left;
    }

    private static ServerProcess start(int port) {
        return broker.usedBy(ServerProcess.demo())
                .port(port)
                .with("demo.servers", "ws://localhost:" + LEFT + "/stomp,ws://localhost:" + RIGHT + "/stomp")
                .with("stompline.allowed-origins", "http://localhost:" + LEFT)
                .start();
    }

    @AfterAll
    static void stop() {
        left.close();
        right.close();
        broker.close();
    }

    @Test
    void text_linesCutPagesMovedAndServerKilled_nothingIsMissingOrDoubled() {
        DemoPage first = write("draft", "user1");
        // This one goes by HTTP, to a foreign origin when it moves.
        DemoPage second = write("draft", "user2", page -> page.addInitScript("delete window.WebSocket"));
        move(second);
        cut(first);
        move(first);
        cut(second);
        first.picture("text-moved-desktop");
        // Both are at the right one.
        right.kill();
        move(first);
        move(second);
        BROWSERS.forgive("WebSocket connection to");
        BROWSERS.forgive("net::ERR_");
        assertAllIsThere("draft", List.of(first, second));
    }

    @Tag("long")
    @Test
    void text_twentyCutsAndMovesAndServerKilled_nothingIsMissingOrDoubled() {
        if (!right.isAlive()) {
            right = start(RIGHT);
        }
        List<DemoPage> pages = List.of(write("ideas", "user1"), write("ideas", "user2"));
        Random random = new Random(18);
        for (int i = 0; i < 20; i++) {
            DemoPage page = pages.get(random.nextInt(2));
            if (i == 10) {
                right.kill();
                pages.stream().filter(SharedTextIT::isAtRight).forEach(SharedTextIT::move);
                right = start(RIGHT);
            } else if (random.nextBoolean()) {
                cut(page);
            } else {
                move(page);
            }
        }
        BROWSERS.forgive("WebSocket connection to");
        BROWSERS.forgive("net::ERR_");
        assertAllIsThere("ideas", pages);
    }

    /** Opens a page whose user writes all the time: letter by letter, sometimes at another place, and erases a part. */
    private static DemoPage write(String text, String user) {
        return write(text, user, page -> {});
    }

    private static DemoPage write(String text, String user, Consumer<Page> preparation) {
        DemoPage page =
                new DemoPage(BROWSERS.open("text.html?cut=2&text=" + text, 1280, 800, preparation)).joinAs(user);
        assertThat(page.byId("text")).isEditable();
        page.page().evaluate("""
                (user) => {
                  const field = document.getElementById('text');
                  let count = 0;
                  window.writing = setInterval(() => {
                    const goesElsewhere = ++count % 40 === 0;
                    const at = goesElsewhere ? Math.floor(Math.random() * field.value.length) : field.selectionEnd;
                    const erased = goesElsewhere && field.value.length > 500 ? 60 : 0;
                    const end = Math.min(at + erased, field.value.length);
                    field.setRangeText(goesElsewhere ? `\n${user} ${count}: ` : 'x', at, end, 'end');
                    field.dispatchEvent(new Event('input'));
                  }, 100);
                }""", user);
        return page;
    }

    private static void cut(DemoPage page) {
        page.button("Cut the line for 2 s").click();
        assertThat(page.byId("state")).hasText("Reconnecting");
        awaitGoingOn(page);
    }

    private static void move(DemoPage page) {
        String before = page.byId("server").textContent();
        page.button("Move to the other server").click();
        assertThat(page.byId("server")).not().hasText(before);
        awaitGoingOn(page);
    }

    private static boolean isAtRight(DemoPage page) {
        return page.byId("server").textContent().contains(":" + RIGHT + "/");
    }

    /** Until the page has received more than it had. */
    private static void awaitGoingOn(DemoPage page) {
        assertThat(page.byId("state")).hasText("Connected", patiently());
        Locator received = page.byId("received");
        assertThat(received).not().hasText(received.textContent(), patiently());
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(LIMIT_MILLIS);
    }

    private static void assertAllIsThere(String name, List<DemoPage> pages) {
        pages.forEach(page -> page.page().evaluate("() => clearInterval(window.writing)"));
        pages.forEach(page -> assertThat(page.byId("kept")).hasText("All that you wrote is kept.", patiently()));
        DemoPage latecomer = new DemoPage(BROWSERS.desktop("text.html?text=" + name)).joinAs("admin");
        assertThat(latecomer.byId("text")).isEditable();
        String text = latecomer.byId("text").inputValue();
        assertThat(text).isNotEmpty();
        for (DemoPage page : pages) {
            assertThat(page.byId("text"))
                    .hasValue(text, new LocatorAssertions.HasValueOptions().setTimeout(LIMIT_MILLIS));
            assertThat(page.byId("gaps")).hasText("0");
            assertThat(page.byId("doubles")).hasText("0");
            int asked = Integer.parseInt(page.byId("snapshots").textContent());
            int notRecovered = Integer.parseInt(page.byId("not-recovered").textContent());
            assertThat(asked).as("the first one, and those without recovery").isEqualTo(1 + notRecovered);
            assertThat(Integer.parseInt(page.byId("recovered").textContent())).isPositive();
        }
    }
}
