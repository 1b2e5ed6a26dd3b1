package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.stompline.e2e.support.Axe;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.DemoPage;
import io.stompline.server.Server;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages for everybody: axe finds nothing, on a desktop and on a phone, light and dark; demos work without a mouse. */
@Tag(Server.ANY)
class PagesForEverybodyIT {
    private static final List<String> DEMOS =
            List.of("chat.html", "notifications.html", "dashboard.html", "board.html", "text.html", "plug.html");
    private static final List<String> TEXTS =
            List.of("guide.html", "guide.html#beans", "guide.html#settings", "guide.html#benchmark", "error.html");

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    static List<String> demos() {
        return DEMOS;
    }

    static List<String> texts() {
        return TEXTS;
    }

    @ParameterizedTest
    @MethodSource("demos")
    void axe_demo_findsNothing(String name) {
        DemoPage demo = new DemoPage(BROWSERS.desktop(name));
        checkInBothSchemes(demo.page());
        demo.joinAs("user1");
        use(name, demo);
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            show(demo.page(), scheme);
            pictures(demo, name.replace(".html", "") + "-" + scheme.name().toLowerCase(Locale.ROOT));
        }
        demo.unfoldHow();
        assertThat(demo.byId("frames")).containsText("SUBSCRIBE");
        demo.source(name.replace("html", "js"));
        checkInBothSchemes(demo.page());
        checkOnAPhone(demo.page());
    }

    private static void pictures(DemoPage demo, String name) {
        demo.picture(name + "-1280");
        demo.page().setViewportSize(390, 844);
        demo.picture(name + "-390");
        demo.page().setViewportSize(1280, 800);
    }

    /** Brings something onto the page. */
    private static void use(String name, DemoPage demo) {
        switch (name) {
            case "chat.html" -> {
                demo.byId("text").fill("Good morning");
                demo.button("Say").click();
                assertThat(demo.byId("lines")).containsText("Good morning");
            }
            case "notifications.html" -> {
                assertThat(demo.byId("stage")).hasAttribute("data-ready", "true");
                demo.button("Notify").click();
                assertThat(demo.list("Arrived")).hasCount(1);
            }
            case "dashboard.html" -> {
                demo.button("Order a tea").click();
                assertThat(demo.outcome("order-form")).not().isEmpty();
                demo.page()
                        .waitForFunction(
                                "() => Chart.getChart(document.querySelector('canvas')).data.labels.length >= 3");
            }
            case "board.html" -> assertThat(demo.byId("columns")).containsText("Start the demo");
            case "text.html" -> {
                assertThat(demo.byId("text")).isEditable();
                // Others have written, perhaps the same.
                demo.byId("text").fill("Good morning\n" + System.nanoTime());
                assertThat(demo.list("Updates, as they came").last()).containsText("you, ");
            }
            case "plug.html" -> assertThat(demo.list("The last numbers").nth(2)).isVisible();
            default -> throw new IllegalArgumentException(name);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void axe_text_findsNothing(String name) {
        Page page = BROWSERS.desktop(name);
        assertThat(page.locator("h1").first()).isVisible();
        checkInBothSchemes(page);
        checkOnAPhone(page);
    }

    @Test
    void axe_startPage_findsNothing() {
        Page page = BROWSERS.desktop("");
        checkInBothSchemes(page);
        ConsolePage console = new ConsolePage(page)
                .connectAs("user1")
                .subscribe("/topic/axe", "client-individual")
                .send("/topic/axe", "application/json", "{\"good\":\"morning\"}");
        assertThat(console.messages()).hasCount(1);
        page.locator("#frames-card > summary").click();
        console.open(0);
        console.open("MESSAGE");
        console.code("TypeScript");
        checkInBothSchemes(page);
        console.code("Plain JMS");
        checkInBothSchemes(page);
        checkOnAPhone(page);
    }

    @Test
    void keyboard_chat_isEnough() {
        DemoPage page = joinedByKeyboard("chat.html");
        assertThat(page.byId("text")).isFocused();
        page.page().keyboard().type("Without a mouse");
        page.page().keyboard().press("Enter");
        assertThat(page.byId("lines")).containsText("Without a mouse");
        page.tabTo(page.button("# coffee")).page().keyboard().press("Space");
        assertThat(page.byId("room")).hasText("# coffee");
        page.tabTo(page.page().locator(".how > summary")).page().keyboard().press("Enter");
        assertThat(page.byId("frames")).containsText("UNSUBSCRIBE");
    }

    @Test
    void keyboard_notifications_isEnough() {
        DemoPage page = joinedByKeyboard("notifications.html");
        assertThat(page.byId("stage")).hasAttribute("data-ready", "true");
        page.tabTo(page.button("Notify")).page().keyboard().press("Enter");
        page.tabTo(page.button("Notifications, 1 unread")).page().keyboard().press("Enter");
        assertThat(page.byId("arrived-title")).isFocused();
        assertThat(page.button("Notifications, 0 unread")).isVisible();
    }

    @Test
    void keyboard_dashboard_isEnough() {
        DemoPage page = joinedByKeyboard("dashboard.html");
        page.tabTo(page.button("Order a tea")).page().keyboard().press("Enter");
        assertThat(page.outcome("order-form")).containsText("Ordered");
    }

    @Test
    void keyboard_board_isEnough() {
        DemoPage page = joinedByKeyboard("board.html");
        assertThat(page.byId("text")).isFocused();
        page.page().keyboard().type("by keyboard");
        page.page().keyboard().press("Enter");
        for (String name : List.of("Doing →: by keyboard", "Done →: by keyboard", "Remove: by keyboard")) {
            assertThat(page.button(name)).isVisible();
            page.tabTo(page.button(name)).page().keyboard().press("Enter");
        }
        assertThat(page.button("Remove: by keyboard")).hasCount(0);
    }

    @Test
    void keyboard_console_isEnough() {
        Page page = BROWSERS.desktop("");
        ConsolePage console = new ConsolePage(page);
        press(page, console.button("Connect as user1"), "Enter");
        assertThat(console.state()).hasText("Connected, STOMP 1.2");
        press(page, console.button("Subscribe"), "Enter");
        assertThat(console.subscriptions().getByText("active")).isVisible();
        press(page, page.getByLabel("Body"), "End");
        page.keyboard().type(" Without a mouse");
        press(page, console.button("Send"), "Space");
        assertThat(console.messages()).containsText("Without a mouse");
        press(page, console.messages().locator("summary"), "Enter");
        assertThat(console.messages().locator("pre")).hasText("Hello, world! Without a mouse");
        press(page, console.button("Send again"), "Enter");
        press(page, page.locator("#frames-card > summary"), "Enter");
        press(page, console.frames().first().locator("summary"), "Enter");
        assertThat(console.frames().first().locator("pre")).isVisible();
        press(page, page.getByRole(AriaRole.TAB).first(), "ArrowRight");
        assertThat(page.getByRole(AriaRole.TAB).nth(1)).isFocused();
        press(page, console.button("Disconnect"), "Enter");
        assertThat(console.state()).hasText("Disconnected");
    }

    @Test
    void keyboard_guide_isEnough() {
        Page page = BROWSERS.desktop("guide.html");
        press(page, page.locator("#search"), "End");
        page.keyboard().type("too slowly");
        press(page, page.locator("#found a").first(), "Enter");
        assertThat(page.locator("[id='errors/client-reads-too-slowly']")).isFocused();
        press(page, page.locator(".neighbours a").last(), "Enter");
        assertThat(page.locator("h1")).isFocused();
    }

    /** Goes to a part of a page by Tab, and presses a key there. */
    private static void press(Page page, Locator target, String key) {
        new DemoPage(page).tabTo(target).page().keyboard().press(key);
    }

    private static DemoPage joinedByKeyboard(String name) {
        DemoPage page = new DemoPage(BROWSERS.desktop(name));
        page.tabTo(page.button("Join as user1")).page().keyboard().press("Enter");
        assertThat(page.byId("state")).hasText("Connected");
        return page;
    }

    /** Only colours differ in the dark: a scheme is a matter of style sheets. */
    private static void checkInBothSchemes(Page page) {
        show(page, ColorScheme.DARK);
        assertNone(page, Axe.violationsOfContrast(page));
        show(page, ColorScheme.LIGHT);
        assertNone(page, Axe.violations(page));
    }

    private static void show(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    private static void checkOnAPhone(Page page) {
        page.setViewportSize(390, 844);
        checkInBothSchemes(page);
    }

    private static void assertNone(Page page, List<String> violations) {
        assertThat(violations).as(page.url() + " " + page.viewportSize().width).isEmpty();
    }
}
