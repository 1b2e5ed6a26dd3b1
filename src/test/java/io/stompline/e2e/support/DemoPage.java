package io.stompline.e2e.support;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A page of a demo, operated as a user does. One thread at a time. */
public final class DemoPage {
    private static final int MOST_TABS = 80;
    private static final String HAS_FOCUS = "element => element === document.activeElement";

    private final Page page;

    public DemoPage(Page page) {
        this.page = page;
    }

    public DemoPage joinAs(String account) {
        button("Join as " + account).click();
        assertThat(byId("state")).hasText("Connected");
        return this;
    }

    public Locator byId(String id) {
        return page.locator("#" + id);
    }

    /** What the page says of the last attempt, at the form or part with that id. */
    public Locator outcome(String place) {
        return page.locator("#" + place + " .outcome");
    }

    public Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public Locator list(String name) {
        return page.getByRole(
                        AriaRole.LIST, new Page.GetByRoleOptions().setName(name).setExact(true))
                .locator("li");
    }

    /** Presses Tab until that has the focus, as somebody without a mouse does. */
    public DemoPage tabTo(Locator target) {
        for (int i = 0; i < MOST_TABS && !Boolean.TRUE.equals(target.evaluate(HAS_FOCUS)); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(target).isFocused();
        return this;
    }

    /** Unfolds "How it works". */
    public DemoPage unfoldHow() {
        page.locator(".how > summary").click();
        return this;
    }

    /** The text of a source file in "How it works", once it was fetched. */
    public String source(String file) {
        page.locator("#sources summary", new Page.LocatorOptions().setHasText(Pattern.compile("^" + file + "$")))
                .click();
        Locator source = page.getByRole(
                AriaRole.GROUP, new Page.GetByRoleOptions().setName(file).setExact(true));
        assertThat(source).not().isEmpty();
        return source.textContent();
    }

    public Page page() {
        return page;
    }

    /** Keeps a picture in {@code target/screenshots} for people to look at. */
    public void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
