package io.stompline.e2e.support;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page of {@code src/starter}, operated as a user does. One thread at a time. */
public final class StarterPage {
    private final Page page;

    public StarterPage(Page page) {
        this.page = page;
        page.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    }

    /** The page itself, for what checks pages. */
    public Page page() {
        return page;
    }

    /** Types in and asks to connect. */
    public StarterPage logIn(String login, String passcode) {
        page.fill("[name=login]", login);
        page.fill("[name=passcode]", passcode);
        page.click("#login button");
        return this;
    }

    public void sayHello() {
        page.click("#greet");
    }

    /** What the page says of its connection. */
    public Locator state() {
        return page.locator("#state");
    }

    /** What it has received, the newest first. */
    public Locator messages() {
        return page.locator("#messages li");
    }

    /** What it has received with that text in it. */
    public Locator message(String text) {
        return messages().filter(new Locator.FilterOptions().setHasText(text));
    }
}
