package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.stompline.e2e.support.Axe;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.DemoPage;
import io.stompline.e2e.support.ReadmePicture;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demos, each with two people in two browser profiles. */
@Tag(Server.ANY)
class DemosIT {

    /** Longer than a user may be away. */
    private static final int LEAVE_MILLIS = 15_000;

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    @Test
    void chat_latecomer_seesWhoIsHereAndWhatWasSaid() {
        DemoPage first = desktop("chat.html").joinAs("user1");
        first.button("# java").click();
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)"});
        assertThat(text(first)).isInViewport();
        say(first, "   ");
        assertThat(first.outcome("say-form")).containsText("text must not be blank");
        assertThat(text(first)).hasValue("   ");
        say(first, "Anybody here?");
        assertThat(first.outcome("say-form")).isEmpty();
        assertThat(first.byId("lines")).containsText("Anybody here?");

        DemoPage second = phone("chat.html").joinAs("user2");
        second.button("# java").click();
        assertThat(second.byId("lines")).containsText("Anybody here?");
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        say(second, "<b>Me</b>");
        assertThat(first.byId("lines").locator("li")).hasCount(2);
        assertThat(first.byId("lines")).containsText("<b>Me</b>");
        assertThat(first.byId("lines").locator(".own")).containsText("Anybody here?");
        assertThat(second.byId("lines").locator(".own")).containsText("<b>Me</b>");
        first.picture("chat-desktop");
        second.picture("chat-phone");

        second.button("# lobby").click();
        assertThat(first.list("Here"))
                .hasText(new String[] {"user1 (you)"}, new LocatorAssertions.HasTextOptions().setTimeout(LEAVE_MILLIS));
    }

    @Test
    void chat_pageLoadedAgain_isNeverGone() {
        DemoPage first = desktop("chat.html").joinAs("user1");
        DemoPage second = phone("chat.html").joinAs("user2");
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        first.page().evaluate("""
                () => {
                  globalThis.changes = 0;
                  new MutationObserver(() => changes++).observe(document.getElementById('here'), { childList: true });
                }""");
        second.page().reload();
        assertThat(second.list("Here")).hasText(new String[] {"user1", "user2 (you)"});
        assertThat(first.page().evaluate("changes")).isEqualTo(0);
    }

    @Test
    void chat_typing_isShownToTheOthers() {
        DemoPage first = desktop("chat.html").joinAs("user1");
        DemoPage second = phone("chat.html").joinAs("user2");
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)", "user2"});

        text(first).pressSequentially("I think");
        assertThat(second.byId("typing")).hasText("user1 is typing …");
        second.picture("chat-typing-phone");
        text(first).press("Enter");
        assertThat(second.byId("lines")).containsText("I think");
        assertThat(second.byId("typing")).isEmpty();
        assertThat(first.byId("typing")).isEmpty();
    }

    @Test
    void chat_lineCut_bringsWhatWasSaidMeanwhile() {
        DemoPage first = desktop("chat.html").joinAs("user1");
        DemoPage second = phone("chat.html").joinAs("user2");
        List.of(first, second).forEach(page -> page.button("# coffee").click());
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        say(first, "before");
        assertThat(second.byId("lines")).containsText("before");

        first.button("Cut the line for 10 s").click();
        assertThat(first.byId("state")).hasText("Reconnecting");
        say(second, "meanwhile");
        assertThat(second.byId("lines")).containsText("meanwhile");
        assertThat(first.byId("lines")).not().containsText("meanwhile");
        assertThat(first.byId("state")).hasText("Connected");
        say(first, "afterwards");
        for (DemoPage page : List.of(first, second)) {
            assertThat(page.byId("lines").locator("li p:last-child"))
                    .hasText(new String[] {"before", "meanwhile", "afterwards"});
        }
    }

    @Test
    void text_lineCutWhileBothWrite_isTheSameForAll() {
        DemoPage first = desktop("text.html?text=ideas").joinAs("user1");
        DemoPage second = phone("text.html?text=ideas").joinAs("user2");
        List.of(first, second).forEach(page -> assertThat(text(page)).isEditable());
        text(first).fill("The first line\n");
        assertThat(text(second)).hasValue("The first line\n");
        assertThat(second.list("Also here")).hasText(new String[] {"user1, line 2"});
        assertThat(first.button("Move to the other server")).isHidden();

        first.button("Cut the line for 10 s").click();
        assertThat(first.byId("state")).hasText("Reconnecting");
        assertThat(first.byId("offline")).containsText("is sent then");
        text(first).press("End");
        text(first).pressSequentially("Alone");
        assertThat(first.byId("kept")).containsText("Not all");
        first.picture("text-offline");
        text(second).press("Control+Home");
        text(second).pressSequentially("# Title\n");
        for (DemoPage page : List.of(first, second)) {
            assertThat(text(page)).hasValue("# Title\nThe first line\nAlone");
            assertThat(page.byId("gaps")).hasText("0");
            assertThat(page.byId("doubles")).hasText("0");
            assertThat(page.byId("snapshots")).hasText("1");
            assertThat(page.byId("not-recovered")).hasText("0");
        }
        assertThat(first.byId("recovered")).hasText("1");
        assertThat(first.byId("kept")).containsText("All that you wrote is kept");
        first.picture("text-desktop");
        second.picture("text-phone");
    }

    @Test
    void chat_hiddenTab_countsUnreadLinesInItsTitle() {
        DemoPage speaker = desktop("chat.html").joinAs("user1");
        DemoPage hidden = desktop("chat.html").joinAs("user2");
        assertThat(speaker.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        hidden.page().evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })");

        say(speaker, "one");
        assertThat(hidden.page()).hasTitle("(1) Chat - Stompline");
        say(speaker, "two");
        assertThat(hidden.page()).hasTitle("(2) Chat - Stompline");
        assertThat(speaker.page()).hasTitle("Chat - Stompline");

        hidden.page().evaluate("""
                () => {
                  delete document.hidden;
                  document.dispatchEvent(new Event('visibilitychange'));
                }""");
        assertThat(hidden.page()).hasTitle("Chat - Stompline");
    }

    @Test
    void chat_error_keepsTheTypedText() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        DemoPage page = new DemoPage(BROWSERS.open(
                        "chat.html",
                        1280,
                        800,
                        browser -> browser.routeWebSocket("**/stomp", route -> {
                            WebSocketRoute server = route.connectToServer();
                            route.onMessage(frame -> {
                                if (refuses.get()
                                        && frame.text() != null
                                        && frame.text().contains("destination:/app/chat/lobby/say\n")) {
                                    refuses.set(false);
                                    route.send("ERROR\nmessage:too much\nreceipt-id:"
                                            + Pattern.compile("receipt:(.*)")
                                                    .matcher(frame.text())
                                                    .results()
                                                    .findFirst()
                                                    .orElseThrow()
                                                    .group(1)
                                            + "\n\nslower, please\0");
                                    route.close();
                                } else if (frame.text() != null) {
                                    server.send(frame.text());
                                } else {
                                    server.send(frame.binary());
                                }
                            });
                        })))
                .joinAs("user1");
        text(page).fill("Listen:");
        text(page).press("Enter");

        assertThat(page.byId("state")).hasText("Disconnected");
        assertThat(page.outcome("say-form")).hasText("Refused: too much.");
        assertThat(text(page)).hasValue("Listen:");
        assertThat(page.outcome("say-form")).isInViewport();
        assertThat(text(page)).isFocused();
        assertThat(page.button("Say")).isDisabled();
        assertThat(page.button("Say")).hasAttribute("title", "Not connected");
        assertThat(page.byId("offline")).containsText("Join again");
        page.picture("chat-error-desktop");

        page.joinAs("user1");
        assertThat(page.byId("offline")).isHidden();
        assertThat(text(page)).isFocused();
        text(page).press("Enter");
        assertThat(page.byId("lines")).containsText("Listen:");
        assertThat(text(page)).isEmpty();
    }

    @Test
    void notifications_oneUserOrAll_areReached() {
        DemoPage sender = desktop("notifications.html").joinAs("admin");
        DemoPage addressee = phone("notifications.html").joinAs("user1");
        DemoPage other = desktop("notifications.html").joinAs("user2");
        List.of(sender, addressee, other).forEach(DemosIT::awaitReady);

        notify(sender, "user1", "   ");
        assertThat(sender.outcome("notify-form")).containsText("text must not be blank");
        assertThat(sender.outcome("order-form")).isEmpty();
        notify(sender, "user1", "for you alone");
        // Nothing promises an order between two destinations.
        assertThat(addressee.list("Arrived")).hasCount(1);
        notify(sender, "everybody", "for all");

        assertThat(addressee.list("Arrived")).hasCount(2);
        assertThat(addressee.list("Arrived").nth(1)).containsText("admin to you");
        assertThat(other.list("Arrived")).hasCount(1);
        assertThat(other.list("Arrived")).containsText("for all");
        addressee.picture("notifications-phone");
    }

    @Test
    void notifications_sent_saysOnHowManyTabs() {
        DemoPage sender = desktop("notifications.html").joinAs("admin");
        List<DemoPage> tabs = List.of(
                withClock(1280, 800).joinAs("user2"), withClock(390, 844).joinAs("user2"));
        tabs.forEach(DemosIT::awaitReady);
        // Toasts go after some seconds, and the machine may be busy.
        tabs.forEach(tab -> tab.page().clock().pauseAt(System.currentTimeMillis() + 2_000));
        awaitReady(sender);

        notify(sender, "user2", "for both tabs");
        assertThat(sender.outcome("notify-form")).hasText("Sent to user2 on 2 tabs.");
        notify(sender, "everybody", "for all");
        assertThat(sender.outcome("notify-form")).hasText("Sent to everybody on 3 tabs.");
        notify(sender, "user1", "for nobody");
        assertThat(sender.outcome("notify-form")).hasText("user1 has no such tab open: nobody got it.");

        for (DemoPage tab : tabs) {
            assertThat(tab.button("Notifications, 2 unread")).hasText("2");
            assertThat(tab.list("New")).hasCount(2);
            tab.picture("notifications-toasts-" + (tab == tabs.get(0) ? "desktop" : "phone"));
            tab.list("New").first().getByText("Dismiss").click();
            assertThat(tab.list("New")).hasCount(1);
            tab.page().clock().runFor(10_000);
            assertThat(tab.list("New")).hasCount(0);
            tab.button("Notifications, 2 unread").click();
            assertThat(tab.button("Notifications, 0 unread")).isVisible();
            assertThat(tab.list("Arrived")).hasCount(2);
        }
        assertThat(tabs.get(0).byId("arrived-title")).isFocused();
    }

    @Test
    void notifications_kept_waitForTheirUserAndAreReadInOneTabForAll() {
        DemoPage sender = desktop("notifications.html").joinAs("admin");
        awaitReady(sender);
        assertThat(sender.page().getByLabel("Keep it")).isDisabled();
        sender.page().getByLabel("Whom").selectOption("user2");
        sender.page().getByLabel("Keep it").check();
        notify(sender, "user2", "The parcel is here");
        assertThat(sender.outcome("notify-form")).hasText("Kept until user2 has read it: 1 unread.");

        DemoPage tab = desktop("notifications.html").joinAs("user2");
        DemoPage phone = phone("notifications.html").joinAs("user2");
        for (DemoPage page : List.of(tab, phone)) {
            assertThat(page.list("Kept until you have read them")).containsText("The parcel is here");
            assertThat(page.button("Notifications, 1 unread")).isVisible();
        }
        notify(sender, "user2", "So is the bill");
        for (DemoPage page : List.of(tab, phone)) {
            assertThat(page.list("Kept until you have read them")).hasCount(2);
            assertThat(page.button("Notifications, 2 unread")).isVisible();
            assertThat(Axe.violations(page.page())).isEmpty();
            page.picture("notifications-kept-" + (page == tab ? "desktop" : "phone"));
        }

        tab.button("Read: The parcel is here").click();
        for (DemoPage page : List.of(tab, phone)) {
            assertThat(page.list("Kept until you have read them")).hasCount(1);
            assertThat(page.list("Kept until you have read them")).containsText("So is the bill");
            assertThat(page.button("Notifications, 1 unread")).isVisible();
        }
        assertThat(tab.button("Read: So is the bill")).isFocused();
        tab.page().reload();
        assertThat(tab.list("Kept until you have read them")).hasCount(1);
        phone.button("Read: So is the bill").click();
        for (DemoPage page : List.of(tab, phone)) {
            assertThat(page.button("Notifications, 0 unread")).isVisible();
            assertThat(page.byId("kept-part")).isHidden();
        }
        assertThat(sender.button("Notifications, 0 unread")).isVisible();
    }

    @Test
    void notifications_order_isAnnouncedAfterCommitOnly() throws IOException {
        DemoPage customer = desktop("notifications.html").joinAs("user1");
        DemoPage watcher = desktop("notifications.html").joinAs("user2");
        List.of(customer, watcher).forEach(DemosIT::awaitReady);
        int before = Integer.parseInt(customer.byId("in-database").textContent());

        order(customer, "Coffee", "Order and roll back");
        assertThat(customer.byId("outcome")).hasText("The payment for “Coffee” failed: the order was rolled back.");
        order(customer, "Tea", "Order and commit");

        assertThat(watcher.list("Arrived")).hasCount(1);
        assertThat(watcher.list("Arrived")).containsText("user1 ordered: Tea");
        assertThat(customer.byId("in-database")).hasText(Integer.toString(before + 1));
        customer.picture("notifications-desktop");
        ReadmePicture.take(
                customer, watcher, Path.of("src/main/java/io/stompline/demo/Shop.java"), "public void order(");
    }

    @Test
    void dashboard_figures_areShownAsTheyCome() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        DemoPage viewer = cuttable("dashboard.html", link).joinAs("user1");
        DemoPage other = phone("dashboard.html").joinAs("user2");

        assertThat(viewer.byId("server-numbers")).containsText("connections");
        assertThat(viewer.byId("server-numbers").locator("p").first()).containsText("2");
        viewer.page().waitForFunction("() => Chart.getChart(document.querySelector('canvas')).data.labels.length >= 3");
        viewer.picture("dashboard-desktop");
        other.picture("dashboard-phone");
        assertThat(viewer.byId("stale")).isHidden();

        cut(link);
        assertThat(viewer.byId("stale")).containsText("Not up to date: these figures are of");
        viewer.picture("dashboard-stale");
        assertThat(viewer.byId("stale")).isHidden();
    }

    @Test
    void dashboard_committedOrder_isCounted() {
        DemoPage viewer = phone("dashboard.html").joinAs("user2");
        DemoPage customer = desktop("notifications.html").joinAs("user1");
        awaitReady(customer);
        Locator orders = viewer.byId("shop-numbers").locator("p").nth(1);
        assertThat(orders).hasText(Pattern.compile("\\d+orders since the start"));
        int before = number(orders);

        order(customer, "Coffee", "Order and roll back");
        order(customer, "Tea", "Order and commit");
        assertThat(orders).hasText(before + 1 + "orders since the start");
        viewer.button("Order a tea").click();
        assertThat(viewer.outcome("order-form")).hasText("Ordered: the next figures have it.");
        assertThat(orders).hasText(before + 2 + "orders since the start");
        assertThat(viewer.byId("shop-numbers").locator("p").first())
                .hasText(Pattern.compile("([2-9]|\\d\\d)orders per minute"));
    }

    @Test
    void dashboard_prices_areShownToWhoComesLaterAndTakenOff() {
        DemoPage first = desktop("dashboard.html").joinAs("user1");
        first.page().getByLabel("Item").selectOption("Cocoa");
        first.page()
                .getByLabel("Price", new Page.GetByLabelOptions().setExact(true))
                .fill("3.25");
        first.button("Set the price").click();
        assertThat(first.list("Prices")).hasText(Pattern.compile("Cocoa 3\\.25user1, [0-9:APM ]+Take off"));
        DemoPage late = phone("dashboard.html").joinAs("user2");
        assertThat(late.list("Prices")).containsText("before this page came");
        late.picture("dashboard-prices");
        first.page()
                .getByLabel("Price", new Page.GetByLabelOptions().setExact(true))
                .fill("3");
        first.button("Set the price").click();
        assertThat(late.list("Prices")).containsText("Cocoa 3.00user1");
        late.button("Take off: Cocoa").click();
        for (DemoPage page : List.of(first, late)) {
            assertThat(page.list("Prices")).hasCount(0);
            assertThat(page.byId("no-prices")).isVisible();
        }
    }

    @Test
    void board_movedCards_areTheSameForAll() {
        DemoPage first = desktop("board.html").joinAs("user1");
        DemoPage second = phone("board.html").joinAs("user2");
        for (int i = 0; i < 4; i++) {
            add(first, "card " + i + " of 0");
            add(second, "card " + i + " of 1");
        }
        assertThat(first.button("Doing →: card 3 of 1")).isVisible();
        second.picture("board-phone");
        first.picture("board-desktop");

        first.button("Doing →: card 0 of 0").focus();
        first.page().keyboard().press("Enter");
        assertThat(first.button("Done →: card 0 of 0")).isFocused();
        for (int i = 1; i < 4; i++) {
            first.button("Doing →: card " + i + " of 0").click();
        }
        for (int i = 0; i < 4; i++) {
            second.button("Doing →: card " + i + " of 1").click();
            second.button("Done →: card " + i + " of 1").click();
        }
        first.button("Remove: card 0 of 0").click();
        first.page()
                .getByText("card 1 of 0")
                .dragTo(first.page()
                        .getByRole(
                                AriaRole.LIST,
                                new Page.GetByRoleOptions().setName("To do").setExact(true)));

        assertThat(first.button("Doing →: card 1 of 0")).isVisible();
        String version = first.page().locator("body").getAttribute("data-version");
        assertThat(second.page().locator("body")).hasAttribute("data-version", version);
        assertThat(second.byId("columns").innerText())
                .isEqualTo(first.byId("columns").innerText());
    }

    @Test
    void board_draggedCard_isAGhostForTheOthers() {
        DemoPage first = desktop("board.html").joinAs("user1");
        DemoPage second = desktop("board.html").joinAs("user2");
        add(first, "in the air");
        assertThat(second.button("Doing →: in the air")).isVisible();
        Locator ghost = second.byId("columns").locator(".ghost");

        first.page().getByText("in the air").hover();
        first.page().mouse().down();
        first.page().getByRole(AriaRole.HEADING, heading("Done")).hover();
        first.page().getByRole(AriaRole.HEADING, heading("Done")).hover();
        assertThat(second.page().locator(".column-cards[aria-label=Done] .ghost"))
                .hasText("in the airuser1 is moving it");
        assertThat(first.byId("columns").locator(".ghost")).hasCount(0);
        second.picture("board-ghost-desktop");

        first.page().mouse().up();
        assertThat(ghost).hasCount(0);
        assertThat(second.button("← Doing: in the air")).isVisible();
        first.button("Remove: in the air").click();
        assertThat(second.button("Remove: in the air")).hasCount(0);
    }

    @Test
    void board_disconnected_disablesWhatNeedsTheServer() {
        AtomicReference<WebSocketRoute> link = new AtomicReference<>();
        DemoPage page = cuttable("board.html", link).joinAs("user1");
        add(page, "for the time after");
        page.button("Doing →: for the time after").focus();

        cut(link);
        assertThat(page.byId("offline")).containsText("tries again by itself");
        for (String name : List.of("Add", "Remove: for the time after")) {
            assertThat(page.button(name)).isDisabled();
            assertThat(page.button(name)).hasAttribute("title", "Not connected");
        }
        assertThat(text(page)).isFocused();
        page.picture("board-offline");

        assertThat(page.byId("offline")).isHidden();
        page.button("Remove: for the time after").click();
        assertThat(page.button("Remove: for the time after")).hasCount(0);
    }

    @Test
    void login_pageReloaded_isRemembered() {
        DemoPage page = desktop("board.html").joinAs("user2");
        page.page().reload();
        assertThat(page.byId("user-name")).hasText("user2");

        page.button("Leave").click();
        assertThat(page.byId("state")).hasText("Disconnected");
        assertThat(page.button("Join as user1")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({
        "chat.html, ChatRooms.java, chat.js",
        "notifications.html, Notifier.java, notifications.js",
        "notifications.html, KeptNotices.java, notifications.js",
        "dashboard.html, Dashboard.java, dashboard.js",
        "board.html, Board.java, board.js",
        "text.html, text/SharedText.java, text.js",
        "plug.html, Plug.java, plug.js",
    })
    void howItWorks_unfolded_showsSourcesAndFrames(String name, String bean, String script) throws IOException {
        DemoPage page = desktop(name).joinAs("user1");
        assertThat(page.byId("frames").locator("> li")).hasCount(0);
        page.unfoldHow();
        assertThat(page.byId("frames")).containsText("SUBSCRIBE");
        assertThat(new ConsolePage(page.page()).open("CONNECT").locator("pre")).containsText("passcode:…");
        page.picture("how-" + script.replace(".js", ""));
        assertThat(page.source(bean)).isEqualTo(Files.readString(Path.of("src/main/java/io/stompline/demo", bean)));
        assertThat(page.source(script)).isEqualTo(Files.readString(Path.of("src/demo/webapp/demo", script)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chat.html", "notifications.html", "dashboard.html", "board.html", "text.html", "plug.html"})
    void demo_phone_isFitted(String name) {
        DemoPage page = phone(name).joinAs("user1");
        assertThat(page.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
        assertThat(page.page().evaluate("""
                        () => [...document.querySelectorAll('.pages a')]
                          .filter((link) => link.getBoundingClientRect().right > innerWidth)
                          .map((link) => link.textContent)""")).isEqualTo(List.of());
    }

    @Test
    void demo_firstPage_linksToIt() {
        DemoPage page = desktop("");
        for (String name : List.of("Chat", "Notifications", "Dashboard", "Board", "Text", "Pull the plug")) {
            link(page, name).click();
            assertThat(page.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)))
                    .isVisible();
        }
    }

    @Test
    void guide_firstPage_linksToIt() {
        DemoPage page = phone("");
        link(page, "Guide").click();
        page.page().getByText("Chapters").click();
        link(page, "Beans and browsers").first().click();
        assertThat(page.page()
                        .getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Handle").setExact(true)))
                .isVisible();
        assertThat(page.byId("chapter")).not().hasAttribute("aria-live", Pattern.compile(".*"));
        link(page, "Link to “In a transaction”").click();
        assertThat(page.page()).hasURL(Pattern.compile("#beans/in-a-transaction$"));
        assertThat(page.page().locator("[id='beans/in-a-transaction']")).isInViewport();
        page.picture("guide-heading-phone");
        page.page().reload();
        assertThat(page.page().locator("[id='beans/in-a-transaction']")).isInViewport();
        link(page, "Jakarta Messaging").first().click();
        assertThat(page.byId("chapter").locator("table").first()).isVisible();
        page.picture("guide-phone");
        assertThat(page.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    @Test
    void guide_search_findsASectionOfAnyChapter() {
        DemoPage page = new DemoPage(BROWSERS.desktop("guide.html"));
        page.byId("search").fill("too slowly");
        link(page, "Errors and what to do: client reads too slowly").click();
        assertThat(page.page().locator("[id='errors/client-reads-too-slowly']")).isInViewport();
        page.picture("guide-search");
        page.byId("search").fill("errors xyzzy");
        assertThat(page.byId("found")).hasText("Nothing has all these words.");
    }

    @Test
    void guide_chapters_areReadInTurnAndCodeIsCopied() {
        DemoPage page = new DemoPage(BROWSERS.desktop("guide.html#beans"));
        Locator code = page.page().locator(".code").first();
        assertThat(code.locator("button")).hasText("Copy");
        code.locator("button").click();
        assertThat(code.locator("button")).hasText(Pattern.compile("Copied|Selected"));
        link(page, "Types for the browser ›").click();
        link(page, "‹ Beans and browsers").click();
        assertThat(page.page()).hasURL(Pattern.compile("#beans$"));
    }

    /** GuideTest checks links in the texts; here they are what the page makes of them. Colours are those of PagesForEverybodyIT. */
    @Test
    void guide_everyChapter_hasLinksThatLeadSomewhereAndIsForEverybody() {
        Page page = BROWSERS.desktop("guide.html");
        assertThat(page.locator("#chapters [aria-current]")).hasCount(1);
        List<String> chapters = attributes(page, "#chapters a", "href");
        assertThat(chapters).hasSizeGreaterThan(25);
        Set<String> places = new TreeSet<>(chapters);
        Set<String> linked = new TreeSet<>();
        for (String chapter : chapters) {
            page.evaluate("chapter => (location.hash = chapter)", chapter);
            assertThat(page.locator("#chapters [aria-current]")).hasAttribute("href", chapter);
            page.waitForFunction("() => [...document.images].every(({ complete }) => complete)");
            attributes(page, "#chapter [id]", "id").forEach(id -> places.add("#" + id));
            attributes(page, "#chapter a", "href").stream()
                    .filter(href -> !href.startsWith("http"))
                    .forEach(linked::add);
            assertThat(Axe.violationsButContrast(page)).as(chapter).isEmpty();
        }
        assertThat(places).containsAll(linked);
    }

    private static List<String> attributes(Page page, String selector, String name) {
        return page.locator(selector)
                .evaluateAll("(all, name) => all.map((one) => one.getAttribute(name)).join('\\n')", name)
                .toString()
                .lines()
                .toList();
    }

    private static Locator link(DemoPage page, String name) {
        return page.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByRoleOptions heading(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator text(DemoPage page) {
        return page.byId("text");
    }

    /** A page whose clock the test can stop. */
    private static DemoPage withClock(int width, int height) {
        return new DemoPage(BROWSERS.open(
                "notifications.html", width, height, page -> page.clock().install()));
    }

    /** A page whose connection the test can cut. */
    private static DemoPage cuttable(String name, AtomicReference<WebSocketRoute> link) {
        return new DemoPage(BROWSERS.open(
                name,
                1280,
                800,
                browser -> browser.routeWebSocket("**/stomp", route -> {
                    link.set(route);
                    route.connectToServer();
                })));
    }

    private static void cut(AtomicReference<WebSocketRoute> link) {
        // The page is disconnected for as long.
        link.get().close(new WebSocketRoute.CloseOptions().setCode(1012).setReason("restart; retry after 5000 ms"));
    }

    private static void say(DemoPage page, String text) {
        text(page).fill(text);
        page.button("Say").click();
    }

    private static void notify(DemoPage page, String whom, String text) {
        page.page().getByLabel("Whom").selectOption(whom.equals("everybody") ? "" : whom);
        page.page().getByLabel("Text").fill(text);
        page.button("Notify").click();
    }

    /** An answer to the last of its questions shows that the page is subscribed. */
    private static void awaitReady(DemoPage page) {
        assertThat(page.byId("stage")).hasAttribute("data-ready", "true");
    }

    private static void order(DemoPage page, String item, String button) {
        page.page().getByLabel("Item").fill(item);
        page.button(button).click();
        assertThat(page.byId("outcome")).not().isEmpty();
    }

    /** A figure of the dashboard. */
    private static int number(Locator figure) {
        return Integer.parseInt(figure.locator("strong").textContent());
    }

    private static void add(DemoPage page, String text) {
        page.page().getByLabel("New card").fill(text);
        page.button("Add").click();
        assertThat(page.page().getByLabel("New card")).isEmpty();
    }

    private static DemoPage desktop(String name) {
        return new DemoPage(BROWSERS.desktop(name));
    }

    private static DemoPage phone(String name) {
        return new DemoPage(BROWSERS.phone(name));
    }
}
