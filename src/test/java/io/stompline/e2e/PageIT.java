package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.Sources;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
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
    void page_message_isShownToTwoUsers() {
        ConsolePage one = desktop().picture("desktop-empty");
        one.connectAs("user1").subscribe("/topic/hello", "auto");
        ConsolePage two = phone().connectAs("user2").subscribe("/topic/hello", "auto");

        one.send("/topic/hello", TEXT, "Hello from user1");
        two.send("/topic/hello", "application/json", "{\"from\":\"user2\",\"tags\":[\"a\",\"b\"]}");

        for (ConsolePage page : List.of(one, two)) {
            assertThat(page.messages()).hasCount(2);
            assertThat(page.messages().nth(1)).containsText("Hello from user1");
            assertThat(page.open(0).locator("pre")).hasText(Pattern.compile("\\{\\s+\"from\": \"user2\",\\s+"));
            assertThat(page.subscriptions()).containsText("2 messages");
        }
        one.picture("desktop-messages");
        two.picture("phone-connected");
        two.messages().first().scrollIntoViewIfNeeded();
        two.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/phone-messages.png")));
    }

    @Test
    void page_connection_showsStateAndHeartBeats() {
        ConsolePage page = desktop();
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
    void page_frames_areShownAsTheyPassedAndExplained() {
        ConsolePage page = desktop().connectAs("user1").subscribe("/topic/frames", "auto");
        page.send("/topic/frames", TEXT, "seen twice");
        page.page()
                .getByText("Frames", new Page.GetByTextOptions().setExact(true))
                .click();

        Locator connect = page.open("CONNECT");
        assertThat(connect.locator("pre")).containsText("login:user1");
        assertThat(connect.locator("pre")).containsText("passcode:…");
        assertThat(connect.locator("dl")).containsText("Opens the STOMP connection");
        assertThat(connect.locator("dl")).containsText("The versions of STOMP that the client speaks");
        for (String command : List.of("CONNECTED", "SUBSCRIBE", "SEND", "RECEIPT")) {
            assertThat(page.open(command).locator("pre")).containsText(command);
        }
        Locator message = page.open("MESSAGE");
        assertThat(message.locator("pre")).containsText("seen twice");
        assertThat(message.locator("dl")).containsText("The id of the SUBSCRIBE that the message is for.");
        page.page()
                .locator("#frames-card")
                .screenshot(new Locator.ScreenshotOptions().setPath(Path.of("target/screenshots/desktop-frames.png")));
        Page guide =
                page.page().waitForPopup(() -> message.getByText("More").first().click());
        assertThat(guide).hasURL(Pattern.compile("guide.html#frames$"));

        page.page().locator("#clear-frames").click();
        assertThat(page.frames()).hasCount(0);
    }

    @Test
    void page_secondTab_isAnotherUserWithTheSameSubscriptions() {
        ConsolePage one = desktop().connectAs("user1").subscribe("/topic/second", "auto");
        assertThat(one.page()).hasURL(Pattern.compile("\\?as=user1&subscribe=%2Ftopic%2Fsecond$"));

        ConsolePage two = new ConsolePage(one.page()
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
    void page_address_holdsWhatThePageDoes() {
        ConsolePage page = desktop().connectAs("user1");
        page.template("Selector").subscribe();
        page.send();
        page.field("Filter the messages").fill("Red");
        page.page().locator("#frames-card > summary").click();
        assertThat(page.page())
                .hasURL(Pattern.compile("\\?as=user1&subscribe=%2Ftopic%2Fpaint&selector=colour\\+%3D\\+%27red%27"
                        + "&send=%2Ftopic%2Fpaint&filter=Red&frames=open$"));

        ConsolePage other = new ConsolePage(page.page()
                .waitForPopup(() -> page.page()
                        .getByText("Open a second tab as user2")
                        .last()
                        .click()));
        assertThat(other.page().locator("#facts")).containsText("user2");
        assertThat(other.subscriptions()).containsText("where colour = 'red'");
        assertThat(other.page().locator("#send-destination")).hasValue("/topic/paint");
        assertThat(other.field("Filter the messages")).hasValue("Red");
        assertThat(other.frames().first()).isVisible();
    }

    @Test
    void page_addressWithAQueueOrABean_onlyFillsTheForm() {
        ConsolePage page = new ConsolePage(BROWSERS.desktop("?as=user1&subscribe=/app/chat/lobby/history"
                + "&subscribe=/queue/kept&ack=client&subscribe=/topic/page-taken"));
        assertThat(page.subscriptions()).hasCount(1);
        assertThat(page.subscriptions()).containsText("/topic/page-taken");
        assertThat(page.page().locator("#subscribe-destination")).hasValue("/queue/kept");
        assertThat(page.field("Acknowledge")).hasValue("client");
    }

    @Test
    void page_messages_areFilteredHeldBackAndKept() throws IOException {
        ConsolePage page = desktop().connectAs("user1").subscribe("/topic/kept", "auto");
        page.send("/topic/kept", TEXT, "an apple");
        page.send("/topic/kept", "application/json", "{\"fruit\":\"pear\"}");
        assertThat(page.messages()).hasCount(2);
        assertThat(page.messages().nth(1).locator("pre")).hasCount(0);

        page.field("Filter the messages").fill("PEAR json");
        assertThat(page.messages()).hasCount(1);
        assertThat(page.page().locator("#message-count")).hasText("1 of 2 match");
        Download download =
                page.page().waitForDownload(() -> page.button("Download").click());
        assertThat(download.suggestedFilename()).isEqualTo("messages.json");
        JsonNode saved = new ObjectMapper().readTree(Files.readString(download.path()));
        assertThat(saved).hasSize(1);
        assertThat(saved.at("/0/body").asText()).isEqualTo("{\"fruit\":\"pear\"}");
        assertThat(saved.at("/0/headers/sender").asText()).isEqualTo("user1");
        page.field("Filter the messages").fill("");
        assertThat(page.messages()).hasCount(2);

        page.button("Pause").click();
        page.send("/topic/kept", TEXT, "while it was paused");
        assertThat(page.button("Resume (1 waiting)")).isVisible();
        assertThat(page.messages()).hasCount(2);
        page.button("Resume (1 waiting)").click();
        assertThat(page.messages()).hasCount(3);
        assertThat(page.messages().first()).containsText("while it was paused");

        Locator opened = page.open(0);
        opened.getByText("Copy body").click();
        assertThat(opened.locator("button").first()).hasText(Pattern.compile("Copied|Selected"));
        page.page().evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }");
        opened.getByText("Copy as JSON").click();
        assertThat(opened.locator("button").nth(1)).hasText("Copied");
        JsonNode copied = new ObjectMapper().readTree((String) page.page().evaluate("window.copied"));
        assertThat(copied.at("/headers/sender").asText()).isEqualTo("user1");
        assertThat(copied.at("/body").asText()).isEqualTo("while it was paused");
        page.picture("desktop-message-open");
        page.page().locator("#clear").click();
        assertThat(page.messages()).hasCount(0);
    }

    @Test
    void page_message_isSentAgain() {
        ConsolePage page = desktop().connectAs("user1").template("Selector").subscribe();
        page.send();
        page.template("Topic");
        page.open(0).getByText("Send again").click();

        assertThat(page.page().locator("#send-destination")).hasValue("/topic/paint");
        assertThat(page.page().locator("#headers")).hasValue("colour: red");
        assertThat(page.page().locator("#body")).isFocused();
        page.send();
        assertThat(page.messages()).hasCount(2);
        assertThat(page.messages().first()).containsText("A red message");
    }

    @Test
    void page_headerWithALineEnd_isNotSentAgain() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        ConsolePage page = desktop(browser -> browser.routeWebSocket("**/stomp", route -> {
            link.set(route);
            route.connectToServer();
        }));
        page.connectAs("user1").subscribe("/topic/line-end", "auto");
        link.get()
                .send("MESSAGE\nsubscription:sub-1\nmessage-id:1\ndestination:/topic/line-end\n"
                        + "colour:red\nx:1\\ndestination\\c/queue/elsewhere\n\nread me\0");
        page.open(0).getByText("Send again").click();
        assertThat(page.page().locator("#headers")).hasValue("colour: red");
        assertThat(page.page().locator("#send-outcome"))
                .containsText("Left out, since it does not fit into a line: \"x\"");

        page.page().locator("#headers").fill("destination: /queue/elsewhere");
        page.button("Send").click();
        assertThat((String) page.page().locator("#headers").evaluate("field => field.validationMessage"))
                .contains("destination: /queue/elsewhere");
    }

    @Test
    void page_flood_isBoundedAndThePageStaysUsable() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        ConsolePage page = desktop(browser -> browser.routeWebSocket("**/stomp", route -> {
            link.set(route);
            route.connectToServer();
        }));
        page.connectAs("user1").subscribe("/topic/flood", "auto");
        page.page().locator("#frames-card > summary").click();
        String frame = "MESSAGE\nsubscription:sub-1\nmessage-id:1\ndestination:/topic/flood\n\n{\"text\":\"x\"}\0";
        for (int i = 0; i < 20; i++) {
            // Several frames in a WebSocket message, as with stompline.outbox.merge
            link.get().send(frame.repeat(100));
        }

        assertThat(page.subscriptions()).containsText("2000 messages");
        assertThat(page.page().locator("#message-count")).hasText("500 shown of 2000");
        assertThat(page.messages()).hasCount(500);
        assertThat(page.frames()).hasCount(200);
        page.button("Pause").click();
        for (int i = 0; i < 8; i++) {
            link.get().send(frame.repeat(100));
        }
        assertThat(page.button("Resume (500 waiting)")).isVisible();
        assertThat(page.page().locator("#message-count")).hasText("500 shown of 2800");
    }

    @Test
    void page_templates_showWhatTheySay() {
        ConsolePage page =
                desktop().connectAs("user1").template("Queue with ACK").subscribe();
        page.send();
        page.button("ACK").click();
        assertThat(page.messages().first()).containsText("acknowledged");

        page.template("Request and reply").subscribe();
        page.send();
        Locator question = page.messages().filter(new Locator.FilterOptions().setHasText("What time is it?"));
        question.locator("summary").click();
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reply"))
                .click();
        assertThat(page.page().locator("#headers")).hasValue("correlation-id: question-1");
        page.page().locator("#body").fill("Noon");
        page.send();
        assertThat(page.messages().first()).containsText("/temp-queue/answers");
        assertThat(page.messages().first()).containsText("Noon");

        page.template("Transaction").subscribe();
        page.picture("desktop-templates");
        page.button("BEGIN").click();
        assertThat(page.button("COMMIT")).isFocused();
        page.send();
        page.button("ABORT").click();
        assertThat(page.page().locator("#transaction-state")).containsText("aborted");
        page.button("BEGIN, 2 SENDs, COMMIT").click();
        assertThat(page.messages().nth(0)).containsText("one more");
        assertThat(page.messages().nth(1)).containsText("one less");
        assertThat(page.page().locator("#transaction-state")).containsText("COMMIT sent for 2 SENDs");
        assertThat(page.messages().nth(2)).containsText("Noon");
    }

    @Test
    void page_code_followsTheFormsAndCompiles(@TempDir Path directory) throws Exception {
        ConsolePage page = desktop();
        assertThat(page.code("JavaScript"))
                .contains("'" + page.page().locator("#endpoint").textContent() + "'");
        page.template("Selector");
        page.page().locator("#body").fill("it's \"red\"\n\\ and <b>");
        page.page().locator("#headers").fill("colour: red\nx-size: 7\npriority: 5\npersistent: true\ntype: paint");
        List<String> scripts = new ArrayList<>();
        scripts.addAll(scripts(page, "colour = 'red'"));
        compileJava(page, directory);

        page.page().locator("#subscribe-destination").fill("/topic/news-1/sport");
        page.page().locator("#selector").fill("type = 'type' AND \"x-size\" = '7'");
        assertThat(page.code("Plain JMS"))
                .contains("destinationName = \"news$002d1.sport\"", "\"JMSType = 'type' AND x$002dsize = '7'\"");
        page.page().locator("#send-destination").fill("/app/rooms/{room}/say");
        assertThat(page.code("Java bean"))
                .contains("@OnSend(\"/app/rooms/{room}/say\")", "@SendTo(\"/topic/news-1/sport\")");
        scripts.addAll(scripts(page, "'type'"));
        compileJava(page, directory);
        page.page().locator("#send-destination").fill("/app/x/{text}/{by}/{class}/{new}\\u000a");
        page.page().locator("#headers").fill("delivery-delay: 3000000000\npriority: 08\nexpires: 099");
        assertThat(page.code("Java bean")).contains("String text2", "String by2", "String messages2");
        assertThat(page.code("Plain JMS")).contains("stompline.local-topics").doesNotContain("\\u000a");
        scripts.addAll(scripts(page, "'type'"));
        compileJava(page, directory);
        page.page().locator("#send-destination").fill("/queue/numbers");
        assertThat(page.code("Plain JMS")).contains("setDeliveryDelay(3000000000L)", "setPriority(8)");
        scripts.addAll(scripts(page, "'type'"));
        compileJava(page, directory);
        page.page().locator("#subscribe-destination").fill("/app/now");
        page.page().locator("#send-destination").fill("/user/queue/alerts");
        Sources.compileJava(page.code("Java bean"), directory);
        Sources.compileTypeScript(scripts.toArray(String[]::new));

        page.page().keyboard().press("ArrowRight");
        assertThat(page.page().getByRole(AriaRole.TAB).nth(3)).isFocused();
        assertThat(page.page().getByRole(AriaRole.TAB).nth(3)).hasAttribute("aria-selected", "true");
    }

    /** Of both tabs, with the selector in them. */
    private static List<String> scripts(ConsolePage page, String selector) {
        List<String> scripts = List.of(page.code("JavaScript"), page.code("TypeScript"));
        assertThat(scripts).allMatch(script -> script.contains(selector.replace("'", "\\'")));
        return scripts;
    }

    private static void compileJava(ConsolePage page, Path directory) throws IOException {
        for (String tab : List.of("Java bean", "Plain JMS")) {
            Sources.compileJava(page.code(tab), directory);
        }
    }

    @Test
    void page_wrongPasscode_isShown() {
        ConsolePage page = desktop().connectWith("user1", "guess");

        assertThat(page.error()).containsText("ERROR: access refused");
        assertThat(page.state()).hasText("Disconnected");
        page.picture("desktop-error");
        Page guide = page.page()
                .waitForPopup(() -> page.page().getByText("What to do").click());
        assertThat(guide.locator("[id='errors/access-refused']")).isInViewport();

        page.error().locator("strong").evaluate("shown => (shown.id = 'first')");
        page.button("Reconnect").click();
        assertThat(page.page().locator("#first")).hasCount(0);
        assertThat(page.error()).containsText("ERROR: access refused");
        page.button("Dismiss").click();
        assertThat(page.error()).isHidden();
        page.connectAs("user1");
    }

    @Test
    void page_error_isShownAndOtherSubscriptionsAreKept() {
        ConsolePage page = phone().connectAs("user1").subscribe("/topic/hello", "auto");
        page.field("Selector").fill("colour =");
        page.button("Subscribe").click();

        assertThat(page.error()).containsText("ERROR: invalid selector");
        assertThat(page.state()).hasText("Disconnected");
        assertThat(page.subscriptions()).hasCount(1);
        page.picture("phone-error");
        assertThat(misplaced(page)).isEmpty();

        page.button("Reconnect").click();
        assertThat(page.error()).isHidden();
        assertThat(page.state()).isFocused();
        assertThat(page.state()).hasText("Connected, STOMP 1.2");
        assertThat(page.subscriptions()).containsText("active");
    }

    @Test
    void page_nackAndAck_redeliverAndSettle() {
        String queue = "/queue/page-" + System.nanoTime();
        ConsolePage worker = desktop().connectAs("user1").subscribe(queue, "client-individual");
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

        ConsolePage next = desktop().connectAs("user2").subscribe(queue, "auto");
        next.send(queue, TEXT, "another job");
        assertThat(next.messages()).hasCount(1);
        assertThat(next.messages().first()).containsText("another job");
    }

    @Test
    void page_unsubscribe_givesUnacknowledgedMessagesBack() {
        String queue = "/queue/page-" + System.nanoTime();
        ConsolePage first = desktop().connectAs("user1").subscribe(queue, "client-individual");
        first.send(queue, TEXT, "a job");
        assertThat(first.messages()).hasCount(1);

        first.button("Unsubscribe sub-1 from " + queue).click();
        assertThat(first.messages().first()).containsText("not acknowledged: unsubscribed");

        ConsolePage second = desktop().connectAs("user2").subscribe(queue, "auto");
        assertThat(second.messages().first()).containsText("a job");
    }

    @Test
    void page_reconnect_keepsItsSubscriptions() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        ConsolePage page = desktop(browser -> browser.routeWebSocket("**/stomp", route -> {
            link.set(route);
            route.connectToServer();
        }));
        page.connectAs("user1").subscribe("/topic/hello", "auto");

        link.get().close(new WebSocketRoute.CloseOptions().setCode(1012).setReason("restart"));
        assertThat(page.state()).hasText("Reconnecting");
        assertThat(page.page().locator("#link-reason")).containsText("1012");
        assertThat(page.error()).containsText("1012, restart");

        assertThat(page.state()).hasText("Connected, STOMP 1.2", WITHIN_A_RECONNECT);
        assertThat(page.error()).isHidden();
        assertThat(page.subscriptions()).containsText("active");
        page.send("/topic/hello", TEXT, "here again");
        assertThat(page.messages().first()).containsText("here again");
    }

    @Test
    void page_reconnectNow_doesNotWait() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        ConsolePage page = desktop(browser -> {
            browser.routeWebSocket("**/stomp", route -> {
                link.set(route);
                route.connectToServer();
            });
            // The next attempt is never due.
            browser.addInitScript("""
                    const later = window.setTimeout;
                    window.setTimeout = (task, millis) => (millis === 5000 ? 0 : later(task, millis));""");
        });
        page.connectAs("user1");
        link.get().close(new WebSocketRoute.CloseOptions().setCode(1012).setReason("restart"));
        assertThat(page.error()).containsText("1012, restart");
        page.button("Reconnect now").click();
        assertThat(page.state()).hasText("Connected, STOMP 1.2");
        assertThat(page.error()).isHidden();
    }

    @Test
    void page_markupInAMessage_isShownAsText() {
        ConsolePage page = desktop().connectAs("user1").subscribe("/topic/markup", "auto");
        page.send("/topic/markup", "text/html", "<img src=x onerror=alert(1)><b>bold</b>");

        assertThat(page.open(0).locator("pre")).hasText("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(page.page().locator("#messages img, #messages b")).hasCount(0);
    }

    @Test
    void page_product_offersNoAccounts() {
        ConsolePage page = desktop(browser -> browser.route(
                "**/site.js",
                route -> route.fulfill(new Route.FulfillOptions().setPath(Path.of("src/main/webapp/site.js")))));

        assertThat(page.field("Login")).isVisible();
        assertThat(page.button("Connect as user1")).hasCount(0);
        assertThat(page.page().locator("#accounts")).isHidden();
    }

    @Test
    void page_endpoint_isToldByTheServer() {
        ConsolePage page = desktop(browser -> browser.route(
                "**/js/endpoint.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("export const endpointPath = '/live/messages';"))));
        assertThat(page.page().locator("#endpoint"))
                .hasText(Pattern.compile("^ws://localhost:\\d+(/.*)?/live/messages$"));
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "360, 740", "820, 1180", "1280, 800"})
    void page_screens_areFitted(int width, int height) {
        ConsolePage page = new ConsolePage(BROWSERS.open("", width, height));
        assertThat(misplaced(page)).isEmpty();

        page.connectAs("user1").subscribe("/topic/fits", "client-individual");
        page.send("/topic/fits", "application/json", "{\"long\":\"" + "x".repeat(300) + "\"}");
        page.open(0);
        page.template("Transaction");
        assertThat(misplaced(page)).isEmpty();
    }

    /** What sticks out to the right, and the pairs of things that lie on one another. */
    private static List<?> misplaced(ConsolePage page) {
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

    private static ConsolePage desktop() {
        return new ConsolePage(BROWSERS.desktop(""));
    }

    private static ConsolePage desktop(Consumer<Page> preparation) {
        return new ConsolePage(BROWSERS.open("", 1280, 800, preparation));
    }

    private static ConsolePage phone() {
        return new ConsolePage(BROWSERS.phone(""));
    }
}
