package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The broker's page in a browser profile of its own, operated as a user does. One thread at a time. */
final class BrokerPage implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** Opens the page; {@code preparation} may route requests before. */
    BrokerPage(Browser browser, URI address, int width, int height, Consumer<Page> preparation) {
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        preparation.accept(page);
        page.navigate(address.toString());
    }

    /** What the browser put on its console: failed requests, exceptions, breaches of the content security policy. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    BrokerPage connectAs(String account) {
        button("Connect as " + account).click();
        assertThat(state()).hasText("Connected, STOMP 1.2");
        return this;
    }

    BrokerPage connectWith(String login, String passcode) {
        field("Login").fill(login);
        field("Passcode").fill(passcode);
        button("Connect").click();
        return this;
    }

    /** Subscribes and waits until messages arrive from now on. */
    BrokerPage subscribe(String destination, String ackMode) {
        int before = subscriptions().count();
        card("Subscribe").getByLabel("Destination").fill(destination);
        unfold("Acknowledgement and selector");
        field("Acknowledge").selectOption(ackMode);
        button("Subscribe").click();
        assertThat(subscriptions().nth(before).getByText("active")).isVisible();
        return this;
    }

    /** Sends and waits for the receipt. */
    BrokerPage send(String destination, String contentType, String body) {
        card("Send").getByLabel("Destination").fill(destination);
        card("Send").getByLabel("Body").fill(body);
        unfold("Content type and headers");
        field("Content type").fill(contentType);
        button("Send").click();
        assertThat(page.locator("#send-outcome")).containsText("receipt after");
        return this;
    }

    /** The element that tells how the connection is. */
    Locator state() {
        return page.locator("#state");
    }

    Locator error() {
        return page.getByRole(AriaRole.ALERT);
    }

    Locator heartBeats() {
        return page.locator(".beat");
    }

    Locator subscriptions() {
        return page.locator("#subscriptions > li");
    }

    /** Newest first. */
    Locator messages() {
        return page.locator("#messages > li");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label);
    }

    Page page() {
        return page;
    }

    /** Keeps a picture in {@code target/screenshots} for people to look at. */
    BrokerPage picture(String name) {
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
        return this;
    }

    @Override
    public void close() {
        context.close();
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
