package io.stompline.e2e.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The developer's console, operated as a user does. One thread at a time. */
public final class ConsolePage {
    private final Page page;

    public ConsolePage(Page page) {
        this.page = page;
    }

    public ConsolePage connectAs(String account) {
        button("Connect as " + account).click();
        assertThat(state()).hasText("Connected, STOMP 1.2");
        return this;
    }

    public ConsolePage connectWith(String login, String passcode) {
        field("Login").fill(login);
        field("Passcode").fill(passcode);
        button("Connect").click();
        return this;
    }

    /** Subscribes and waits until messages arrive from now on. */
    public ConsolePage subscribe(String destination, String ackMode) {
        card("Subscribe").getByLabel("Destination").fill(destination);
        unfold("Acknowledgement and selector");
        field("Acknowledge").selectOption(ackMode);
        return subscribe();
    }

    /** Subscribes as the form says, and waits until messages arrive from now on. */
    public ConsolePage subscribe() {
        int before = subscriptions().count();
        button("Subscribe").click();
        assertThat(subscriptions().nth(before).getByText("active")).isVisible();
        return this;
    }

    /** Sends what the form says, and waits for the receipt. */
    public ConsolePage send() {
        button("Send").click();
        assertThat(page.locator("#send-outcome")).containsText("receipt after");
        return this;
    }

    /** Sends and waits for the receipt. */
    public ConsolePage send(String destination, String contentType, String body) {
        card("Send").getByLabel("Destination").fill(destination);
        card("Send").getByLabel("Body").fill(body);
        unfold("Content type and headers");
        field("Content type").fill(contentType);
        return send();
    }

    /** The element that tells how the connection is. */
    public Locator state() {
        return page.locator("#state");
    }

    public Locator error() {
        return page.getByRole(AriaRole.ALERT);
    }

    public Locator heartBeats() {
        return page.locator(".beat");
    }

    public Locator subscriptions() {
        return page.locator("#subscriptions > li");
    }

    /** Newest first. */
    public Locator messages() {
        return page.locator("#messages > li");
    }

    /** The newest but {@code index} of the messages, opened. */
    public Locator open(int index) {
        Locator message = messages().nth(index);
        message.locator("summary").click();
        assertThat(message.locator("pre")).isVisible();
        return message;
    }

    /** Newest first. */
    public Locator frames() {
        return page.locator("#frames > li");
    }

    /** The newest frame with that command, opened. */
    public Locator open(String command) {
        Locator frame = frames().filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "summary strong",
                                new Page.LocatorOptions().setHasText(Pattern.compile("^" + command + "$")))))
                .first();
        frame.locator("summary").click();
        return frame;
    }

    /** Fills both forms. */
    public ConsolePage template(String name) {
        button(name).click();
        return this;
    }

    /** The code of a tab. */
    public String code(String tab) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab)).click();
        return page.locator("#snippet").textContent();
    }

    public Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator field(String label) {
        return page.getByLabel(label);
    }

    public Page page() {
        return page;
    }

    /** Keeps a picture in {@code target/screenshots} for people to look at. */
    public ConsolePage picture(String name) {
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
        return this;
    }

    private Locator card(String title) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    private void unfold(String summary) {
        Locator details = page.locator("details", new Page.LocatorOptions().setHasText(summary));
        if (details.getAttribute("open") == null) {
            details.getByText(summary).click();
        }
    }
}
