package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Axe;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.e2e.support.Sources;
import io.stompline.server.FaultProxy;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the bean of the guide's chapter on stompline.js, over a line that breaks. */
class StomplineJsIT {
    private static final int NUMBERS = 300;

    @TempDir
    private static Path classes;

    private static ServerProcess server;
    private static FaultProxy line;
    private static Chromium chromium;

    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Chapter chapter = Chapter.named("stompline-js");
        chapter.compileJava(classes);
        WebArchive war = ApplicationWar.of()
                .addAsLibrary(ApplicationWar.stompJs())
                .addAsWebResource(new StringAsset(chapter.block("html")), "lobby.html")
                .addAsResource(new StringAsset(rules(chapter)), "META-INF/stompline.rules");
        server = ServerProcess.product()
                .war(ApplicationWar.write(ApplicationWar.add(war, classes, "WEB-INF/classes")))
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.history", "/topic/kept 20 5m, /topic/numbers 1000 5m")
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
        try (Page page = open()) {
            say(page, "one");
            assertThat(line(page, "ann: one")).hasCount(1);

            assertThat(Axe.violations(page)).isEmpty();

            line.cut();
            say(page, "two");
            assertThat(line(page, "ann: two")).hasCount(1);
            assertThat(page.locator("#outcome")).hasText(Pattern.compile("[2-9] lines"));
            assertThat(line(page, "ann: one")).hasCount(1);
            assertThat(connections).hasValue(2);

            sayAsSomebodyElse("three");
            assertThat(line(page, "user1: three")).hasCount(1);
            say(page, "");
            assertThat(page.locator("#outcome")).containsText("invalid payload: ");
        }
    }

    /**
     * Nothing passes over the connection any more, and nobody says so: the server ends it when it sees the tab again.
     * The test says that the page goes on: Chromium does not freeze pages of Playwright, which are visible always.
     */
    @Test
    void stomplineJs_lineDiedWhileThePageWasFrozen_comesBackAndGoesOn() throws Exception {
        try (Page page = open()) {
            // Its receipts have come: while one is missing, only heart-beats tell.
            say(page, "heard");
            assertThat(page.locator("#outcome")).containsText("lines");
            line.delay(Duration.ofHours(1));
            sayAsSomebodyElse("unheard");
            await().until(line::isHolding);
            page.evaluate("document.dispatchEvent(new Event('resume'))");
            page.waitForCondition(() -> sent.stream().anyMatch(frame -> frame.startsWith("BEGIN\n")));
            line.delay(Duration.ZERO);
            page.waitForCondition(() -> connections.get() == 2);
            assertThat(line(page, "user1: unheard")).hasCount(1);
            await().until(() -> server.log().stream().anyMatch(entry -> entry.contains("the same client came back")));
        }
    }

    @Test
    void stomplineJs_topicWithHistory_missesNothing() throws Exception {
        sendAsSomebodyElse("/topic/kept", "early");
        try (Page page = open()) {
            subscribe(page, "/topic/kept");
            page.waitForFunction("() => got.join() === 'early'");
            line.delay(Duration.ofHours(1));
            sendAsSomebodyElse("/topic/kept", "missed");
            await().until(line::isHolding);
            line.delay(Duration.ZERO);
            line.cut();
            page.waitForFunction("() => got.length > 2");
            assertThat(page.evaluate("got"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrder("early", true, "missed");
            assertThat(sent).anyMatch(frame -> frame.contains("\nx-stream-offset:after="));
        }
    }

    @Test
    void stomplineJs_manyCuts_bringEachNumberOnceAndInOrder() throws Exception {
        try (Page page = open();
                RawClient other = RawClient.connected(server.stompUri(), "1.2")) {
            page.evaluate("Math.random = () => 0.02"); // It is back soon.
            subscribe(page, "/topic/numbers");
            for (int number = 1; number <= NUMBERS; number++) {
                other.send("SEND\ndestination:/topic/numbers\nreceipt:r\n\n" + number + "\0");
                assertThat(other.next()).startsWith("RECEIPT\n");
                if (number % 30 == 0) {
                    line.cut();
                }
            }
            page.waitForFunction("last => got.includes(last)", Integer.toString(NUMBERS));
            assertThat(page.evaluate("got.filter((one) => one !== true)"))
                    .isEqualTo(IntStream.rangeClosed(1, NUMBERS)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(sent).anyMatch(frame -> frame.contains("\nx-stream-offset:after="));
        }
    }

    @Test
    void stomplineJs_clientsOfTheGuide_compileAgainstItsTypes() throws Exception {
        Sources.compileTypeScript(
                Chapter.named("stompline-js").block("ts"),
                Chapter.named("browser").blocks("js").get(6));
    }

    /** Those of the project that the reader has, what the page needs besides, and what else is tested here. */
    private static String rules(Chapter chapter) throws IOException {
        return Files.readString(Path.of("src/starter/src/main/resources/META-INF/stompline.rules"))
                + chapter.block("")
                + """

                allow everyone  send,subscribe,history  /topic/kept
                allow everyone  send,subscribe,history  /topic/numbers
                """;
    }

    private Page open() {
        Page page = chromium.browser().newPage();
        page.onWebSocket(opened -> {
            connections.incrementAndGet();
            opened.onFrameSent(frame -> sent.add(frame.text()));
        });
        page.navigate("http://127.0.0.1:" + line.port() + "/lobby.html");
        assertThat(page.locator("#state")).hasText("connected");
        return page;
    }

    /** Keeps in {@code got} the texts of a topic from the first one on, and whether nothing was missed, in order. */
    private static void subscribe(Page page, String destination) {
        page.evaluate("""
                async (destination) => {
                  const { Client } = await import('./webjars/stomp__stompjs/7.2.1/esm6/index.js');
                  const { connect } = await import('./stompline/stompline.js');
                  const brokerURL = `ws://${location.host}/stomp`;
                  const client = new Client({ brokerURL, connectHeaders: { login: 'user1', passcode: 'user1' } });
                  window.got = [];
                  connect(client).subscribe(destination, (text) => got.push(text), {
                    from: 'first',
                    onRecovered: (isWhole) => got.push(isWhole),
                  });
                }""", destination);
    }

    private static Locator line(Page page, String text) {
        return page.locator("#lines li").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void sayAsSomebodyElse(String text) throws InterruptedException {
        sendAsSomebodyElse("/app/lobby/say", "{\"text\":\"" + text + "\"}");
    }

    private static void sendAsSomebodyElse(String destination, String body) throws InterruptedException {
        try (RawClient other = RawClient.connected(server.stompUri(), "1.2")) {
            String type = body.startsWith("{") ? "content-type:application/json\n" : "";
            other.send("SEND\ndestination:" + destination + "\n" + type + "receipt:r\n\n" + body + "\0");
            assertThat(other.next()).startsWith("RECEIPT\n");
        }
    }

    private static void say(Page page, String text) {
        page.getByLabel("Say").fill(text);
        page.getByText("Send").click();
    }
}
