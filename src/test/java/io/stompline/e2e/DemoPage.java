package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;

/** A page of a demo, operated as a user does. One thread at a time. */
final class DemoPage {
    private final Page page;

    DemoPage(Page page) {
        this.page = page;
        page.setDefaultTimeout(30_000);
    }

    DemoPage joinAs(String account) {
        button("Join as " + account).click();
        assertThat(byId("state")).hasText("Connected");
        return this;
    }

    Locator byId(String id) {
        return page.locator("#" + id);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator list(String name) {
        return page.getByRole(
                        AriaRole.LIST, new Page.GetByRoleOptions().setName(name).setExact(true))
                .locator("li");
    }

    Page page() {
        return page;
    }

    /** Keeps a picture in {@code target/screenshots} for people to look at. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
