package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.DemoPage;
import io.stompline.server.Server;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demos, each with two people in two browser profiles. */
@Tag(Server.ANY)
class DemosIT {

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    @Test
    void chatShowsWhoIsHereAndGivesLatecomersWhatWasSaid() {
        DemoPage first = desktop("chat.html").joinAs("user1");
        first.button("# java").click();
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)"});
        say(first, "Anybody here?");
        assertThat(first.byId("lines")).containsText("Anybody here?");

        DemoPage second = phone("chat.html").joinAs("user2");
        second.button("# java").click();
        assertThat(second.byId("lines")).containsText("Anybody here?");
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)", "user2"});
        say(second, "<b>Me</b>");
        assertThat(first.byId("lines").locator("li")).hasCount(2);
        assertThat(first.byId("lines")).containsText("<b>Me</b>");
        first.picture("chat-desktop");
        second.picture("chat-phone");

        second.button("# lobby").click();
        assertThat(first.list("Here")).hasText(new String[] {"user1 (you)"});
    }

    @Test
    void notificationsReachOneUserOrAll() {
        DemoPage sender = desktop("notifications.html").joinAs("admin");
        DemoPage addressee = phone("notifications.html").joinAs("user1");
        DemoPage other = desktop("notifications.html").joinAs("user2");
        // An answer to the last of its questions shows that a page is subscribed.
        List.of(sender, addressee, other)
                .forEach(page -> assertThat(page.byId("stage")).hasAttribute("data-ready", "true"));

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
    void anOrderIsAnnouncedIfItsTransactionCommits() {
        DemoPage customer = desktop("notifications.html").joinAs("user1");
        DemoPage watcher = desktop("notifications.html").joinAs("user2");
        List.of(customer, watcher)
                .forEach(page -> assertThat(page.byId("stage")).hasAttribute("data-ready", "true"));
        int before = Integer.parseInt(customer.byId("in-database").textContent());

        order(customer, "Coffee", "Order and roll back");
        assertThat(customer.byId("outcome")).hasText("The payment for “Coffee” failed: the order was rolled back.");
        order(customer, "Tea", "Order and commit");

        assertThat(watcher.list("Arrived")).hasCount(1);
        assertThat(watcher.list("Arrived")).containsText("user1 ordered: Tea");
        assertThat(customer.byId("in-database")).hasText(Integer.toString(before + 1));
        customer.picture("notifications-desktop");
    }

    @Test
    void dashboardShowsFiguresOfTheServerAsTheyCome() {
        DemoPage viewer = desktop("dashboard.html").joinAs("user1");
        DemoPage other = phone("dashboard.html").joinAs("user2");

        assertThat(viewer.byId("numbers")).containsText("connections");
        assertThat(viewer.byId("numbers").locator("p").first()).containsText("2");
        viewer.page().waitForFunction("() => Chart.getChart(document.querySelector('canvas')).data.labels.length >= 3");
        viewer.picture("dashboard-desktop");
        other.picture("dashboard-phone");
    }

    @Test
    void everybodySeesTheSameBoardWhoeverMovesCards() {
        DemoPage first = desktop("board.html").joinAs("user1");
        DemoPage second = phone("board.html").joinAs("user2");
        for (int i = 0; i < 4; i++) {
            add(first, "card " + i + " of 0");
            add(second, "card " + i + " of 1");
        }
        assertThat(first.button("Doing →: card 3 of 1")).isVisible();
        second.picture("board-phone");
        first.picture("board-desktop");

        for (int i = 0; i < 4; i++) {
            first.button("Doing →: card " + i + " of 0").click();
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
    void remembersWhoOneIsWhenThePageIsLoadedAgain() {
        DemoPage page = desktop("board.html").joinAs("user2");
        page.page().reload();
        assertThat(page.byId("user-name")).hasText("user2");

        page.button("Leave").click();
        assertThat(page.byId("state")).hasText("Disconnected");
        assertThat(page.button("Join as user1")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.html", "notifications.html", "dashboard.html", "board.html"})
    void fitsAPhone(String name) {
        DemoPage page = phone(name).joinAs("user1");
        assertThat(page.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    @Test
    void isLinkedFromTheFirstPage() {
        DemoPage page = desktop("");
        for (String name : List.of("Chat", "Notifications", "Dashboard", "Board")) {
            link(page, name).click();
            assertThat(page.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)))
                    .isVisible();
        }
    }

    @Test
    void theGuideIsReadableFromTheFirstPage() {
        DemoPage page = phone("");
        link(page, "Guide").click();
        assertThat(page.page()
                        .getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Handle").setExact(true)))
                .isVisible();
        link(page, "Jakarta Messaging").first().click();
        assertThat(page.byId("chapter").locator("table").first()).isVisible();
        page.picture("guide-phone");
        assertThat(page.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    private static Locator link(DemoPage page, String name) {
        return page.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void say(DemoPage page, String text) {
        page.page().getByLabel("Say something").fill(text);
        page.button("Say").click();
    }

    private static void notify(DemoPage page, String whom, String text) {
        page.page().getByLabel("Whom").selectOption(whom.equals("everybody") ? "" : whom);
        page.page().getByLabel("Text").fill(text);
        page.button("Notify").click();
    }

    private static void order(DemoPage page, String item, String button) {
        page.page().getByLabel("Item").fill(item);
        page.button(button).click();
        assertThat(page.byId("outcome")).not().isEmpty();
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
