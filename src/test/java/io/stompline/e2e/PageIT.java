package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stompline.e2e.support.BrokerPage;
import io.stompline.e2e.support.Browsers;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer does with the page: a real browser against the demo. */
@Tag(Server.ANY)
class PageIT {

    /** The server's interval is 10 s. */
    private static final LocatorAssertions.ContainsTextOptions WITHIN_TWO_HEART_BEATS =
            new LocatorAssertions.ContainsTextOptions().setTimeout(21_000);

    /** The page tries again after 5 s. */
    private static final LocatorAssertions.HasTextOptions WITHIN_A_RECONNECT =
            new LocatorAssertions.HasTextOptions().setTimeout(15_000);

    private static final String TEXT = "text/plain";

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    @Test
    void page_message_isShownToTwoUsers() throws IOException {
        BrokerPage one = desktop().picture("desktop-empty");
        one.connectAs("user1").subscribe("/topic/hello", "auto");
        BrokerPage two = phone().connectAs("user2").subscribe("/topic/hello", "auto");

        one.send("/topic/hello", TEXT, "Hello from user1");
        two.send("/topic/hello", "application/json", "{\"from\":\"user2\",\"tags\":[\"a\",\"b\"]}");

        for (BrokerPage page : List.of(one, two)) {
            assertThat(page.messages()).hasCount(2);
            assertThat(page.messages().nth(1)).containsText("Hello from user1");
            assertThat(page.messages().nth(0).locator("pre"))
                    .hasText(Pattern.compile("\\{\\s+\"from\": \"user2\",\\s+"));
            assertThat(page.subscriptions()).containsText("2 messages");
        }
        one.picture("desktop-messages");
        keepForReadme();
        two.picture("phone-connected");
        two.messages().first().scrollIntoViewIfNeeded();
        two.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/phone-messages.png")));
    }

    @Test
    void page_connection_showsStateAndHeartBeats() {
        BrokerPage page = desktop();
        assertThat(page.state()).hasText("Disconnected");
        assertThat(page.button("Send")).isDisabled();

        page.connectAs("user1");

        assertThat(page.page().locator("#facts")).containsText("user1");
        assertThat(page.page().locator("#facts")).containsText("STOMP 1.2");
        assertThat(page.page().locator("#facts")).containsText("Session");
        assertThat(page.page().locator("#facts")).containsText("Server");
        for (int direction = 0; direction < 2; direction++) {
            assertThat(page.heartBeats().nth(direction)).containsText("every 10 s");
            assertThat(page.heartBeats().nth(direction)).containsText("s ago", WITHIN_TWO_HEART_BEATS);
        }

        page.button("Disconnect").click();
        assertThat(page.state()).hasText("Disconnected");
    }

    @Test
    void page_frames_areShownAsTheyPassed() {
        BrokerPage page = desktop().connectAs("user1").subscribe("/topic/frames", "auto");
        page.send("/topic/frames", TEXT, "seen twice");
        page.page()
                .getByText("Frames", new Page.GetByTextOptions().setExact(true))
                .click();

        Locator frames = page.page().locator("#frames > li");
        for (String command : List.of("CONNECT", "CONNECTED", "SUBSCRIBE", "SEND", "MESSAGE", "RECEIPT")) {
            assertThat(frames.filter(new Locator.FilterOptions()
                            .setHas(page.page()
                                    .locator(
                                            "strong",
                                            new Page.LocatorOptions()
                                                    .setHasText(Pattern.compile("^" + command + "$"))))))
                    .not()
                    .hasCount(0);
        }
        frames.last().locator("summary").click();
        assertThat(frames.last().locator("pre")).containsText("login:user1");
        assertThat(frames.last().locator("pre")).containsText("passcode:…");
        page.page()
                .locator("#frames-card")
                .screenshot(new Locator.ScreenshotOptions().setPath(Path.of("target/screenshots/desktop-frames.png")));
        page.page().locator("#clear-frames").click();
        assertThat(frames).hasCount(0);
    }

    @Test
    void page_secondTab_isAnotherUserWithTheSameSubscriptions() {
        BrokerPage one = desktop().connectAs("user1").subscribe("/topic/second", "auto");
        assertThat(one.page()).hasURL(Pattern.compile("\\?as=user1&subscribe=%2Ftopic%2Fsecond$"));

        BrokerPage two = new BrokerPage(one.page()
                .waitForPopup(() -> one.page()
                        .getByText("Open a second tab as user2")
                        .first()
                        .click()));
        assertThat(two.page().locator("#facts")).containsText("user2");
        assertThat(two.subscriptions()).containsText("active");
        one.send("/topic/second", TEXT, "to both");
        assertThat(two.messages()).hasCount(1);

        two.page().reload();
        assertThat(two.page().locator("#facts")).containsText("user2");
        assertThat(two.subscriptions()).containsText("active");
    }

    @Test
    void page_wrongPasscode_isShown() {
        BrokerPage page = desktop().connectWith("user1", "guess");

        assertThat(page.error()).containsText("ERROR: access refused");
        assertThat(page.state()).hasText("Disconnected");
        page.picture("desktop-error");
        Page guide = page.page()
                .waitForPopup(() -> page.page().getByText("What to do").click());
        assertThat(guide.locator("[id='errors/access-refused']")).isInViewport();

        page.connectAs("user1");
        assertThat(page.error()).isHidden();
    }

    @Test
    void page_error_isShownAndOtherSubscriptionsAreKept() {
        BrokerPage page = phone().connectAs("user1").subscribe("/topic/hello", "auto");
        page.field("Selector").fill("colour =");
        page.button("Subscribe").click();

        assertThat(page.error()).containsText("ERROR: invalid selector");
        assertThat(page.state()).hasText("Disconnected");
        assertThat(page.subscriptions()).hasCount(1);
        page.picture("phone-error");

        page.connectAs("user1");
        assertThat(page.subscriptions()).containsText("active");
    }

    @Test
    void page_nackAndAck_redeliverAndSettle() {
        String queue = "/queue/page-" + System.nanoTime();
        BrokerPage worker = desktop().connectAs("user1").subscribe(queue, "client-individual");
        worker.send(queue, TEXT, "a job");

        assertThat(worker.messages()).hasCount(1);
        worker.button("NACK").click();
        assertThat(worker.messages()).hasCount(2);
        assertThat(worker.messages().nth(0).locator(".badge")).hasText("redelivered");
        assertThat(worker.messages().nth(1)).containsText("refused (NACK)");

        worker.button("ACK").click();
        assertThat(worker.messages().nth(0)).containsText("acknowledged");
        worker.button("Unsubscribe sub-1 from " + queue).click();
        assertThat(worker.subscriptions()).hasCount(0);

        BrokerPage next = desktop().connectAs("user2").subscribe(queue, "auto");
        next.send(queue, TEXT, "another job");
        assertThat(next.messages()).hasCount(1);
        assertThat(next.messages().first()).containsText("another job");
    }

    @Test
    void page_unsubscribe_givesUnacknowledgedMessagesBack() {
        String queue = "/queue/page-" + System.nanoTime();
        BrokerPage first = desktop().connectAs("user1").subscribe(queue, "client-individual");
        first.send(queue, TEXT, "a job");
        assertThat(first.messages()).hasCount(1);

        first.button("Unsubscribe sub-1 from " + queue).click();
        assertThat(first.messages().first()).containsText("not acknowledged: unsubscribed");

        BrokerPage second = desktop().connectAs("user2").subscribe(queue, "auto");
        assertThat(second.messages().first()).containsText("a job");
    }

    @Test
    void page_reconnect_keepsItsSubscriptions() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        BrokerPage page = desktop(browser -> browser.routeWebSocket("**/stomp", route -> {
            link.set(route);
            route.connectToServer();
        }));
        page.connectAs("user1").subscribe("/topic/hello", "auto");

        link.get().close(new WebSocketRoute.CloseOptions().setCode(1012).setReason("restart"));
        assertThat(page.state()).hasText("Reconnecting");
        assertThat(page.page().locator("#link-reason")).containsText("1012");

        assertThat(page.state()).hasText("Connected, STOMP 1.2", WITHIN_A_RECONNECT);
        assertThat(page.subscriptions()).containsText("active");
        page.send("/topic/hello", TEXT, "here again");
        assertThat(page.messages().first()).containsText("here again");
    }

    @Test
    void page_markupInAMessage_isShownAsText() {
        BrokerPage page = desktop().connectAs("user1").subscribe("/topic/markup", "auto");
        page.send("/topic/markup", "text/html", "<img src=x onerror=alert(1)><b>bold</b>");

        assertThat(page.messages().first().locator("pre")).hasText("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(page.page().locator("#messages img, #messages b")).hasCount(0);
    }

    @Test
    void page_product_offersNoAccounts() {
        BrokerPage page = desktop(browser -> browser.route(
                "**/site.js",
                route -> route.fulfill(new Route.FulfillOptions().setPath(Path.of("src/main/webapp/site.js")))));

        assertThat(page.field("Login")).isVisible();
        assertThat(page.button("Connect as user1")).hasCount(0);
        assertThat(page.page().locator("#accounts")).isHidden();
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "360, 740", "820, 1180", "1280, 800"})
    void page_screens_areFitted(int width, int height) {
        BrokerPage page = new BrokerPage(BROWSERS.open("", width, height));
        assertThat(misplaced(page)).isEmpty();

        page.connectAs("user1").subscribe("/topic/fits", "client-individual");
        page.send("/topic/fits", "application/json", "{\"long\":\"" + "x".repeat(300) + "\"}");
        page.messages().first().getByText("headers").click();
        assertThat(misplaced(page)).isEmpty();
    }

    @Test
    void page_fields_haveLabels() {
        Object unlabelled = desktop().page().evaluate("""
                () => [...document.querySelectorAll('input, select, textarea')]
                  .filter((field) => field.labels.length === 0)
                  .map((field) => field.id)""");
        assertThat((List<?>) unlabelled).isEmpty();
    }

    /** What sticks out to the right, and the pairs of things that lie on one another. */
    private static List<?> misplaced(BrokerPage page) {
        page.page().evaluate("scrollTo(0, 0)");
        return (List<?>) page.page().evaluate("""
                () => {
                  const clipped = innerWidth < 700 ? '.snippet pre' : '.snippet pre, .message-list';
                  const things = [...document.querySelectorAll(
                    'h1, h2, button, input, select, textarea, summary, label, code, time, dt, dd, .badge, .count, pre')]
                    .filter((thing) => thing.checkVisibility() && !thing.closest(clipped));
                  const name = (thing) => `${thing.tagName} ${thing.id || thing.textContent.trim().slice(0, 20)}`;
                  const overlap = (a, b) =>
                    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
                    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
                  const collide = (a, b) =>
                    !a.contains(b) && !b.contains(a) &&
                    [...a.getClientRects()].some((one) => [...b.getClientRects()].some((two) => overlap(one, two)));
                  const wide = things.filter((thing) => thing.getBoundingClientRect().right > innerWidth).map(name);
                  const pairs = things.flatMap((a, i) =>
                    things.slice(i + 1).filter((b) => collide(a, b)).map((b) => `${name(a)} on ${name(b)}`));
                  const scrolls = document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : [];
                  return [...scrolls, ...wide, ...pairs];
                }""");
    }

    /** The README shows it, as it was taken last with {@code -Dpicture.write=true}. */
    private static void keepForReadme() throws IOException {
        if (Boolean.getBoolean("picture.write")) {
            Files.copy(
                    Path.of("target/screenshots/desktop-messages.png"),
                    Path.of("src/site/resources/images/page.png"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static BrokerPage desktop() {
        return new BrokerPage(BROWSERS.desktop(""));
    }

    private static BrokerPage desktop(Consumer<Page> preparation) {
        return new BrokerPage(BROWSERS.open("", 1280, 800, preparation));
    }

    private static BrokerPage phone() {
        return new BrokerPage(BROWSERS.phone(""));
    }
}
