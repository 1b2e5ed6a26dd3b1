package io.stompline.e2e.support;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The picture of the README: two tabs, and the method of a bean whose message both show. */
public final class ReadmePicture {
    private static final String NAME = "two-tabs.png";

    private static final String FRAME = """
            <!doctype html>
            <style>
              body { margin: 0; padding: 16px; width: 1248px; background: #e9edf0; font: 15px sans-serif; color: #1a2530; }
              div { display: flex; gap: 16px; }
              figure { margin: 0; flex: 1; }
              figcaption { padding: 6px 4px; color: #51606c; }
              img, pre { box-sizing: border-box; width: 100%; border-radius: 10px; border: 1px solid #cfd7dd; display: block; }
              pre { margin: 0; padding: 14px 18px; background: #fff; font: 15px/1.45 monospace; }
            </style>
            <div>
              <figure><figcaption>a tab of user1, who orders</figcaption><img src="data:image/png;base64,ONE"></figure>
              <figure><figcaption>a tab of user2</figcaption><img src="data:image/png;base64,OTHER"></figure>
            </div>
            <figure><figcaption>the bean: FILE</figcaption><pre></pre></figure>
            """;

    private ReadmePicture() {}

    /**
     * Takes it into {@code target/screenshots}, and with {@code -Dpicture.write=true} also for the README.
     *
     * @param method how the bean's method begins, in its source
     */
    public static void take(DemoPage one, DemoPage other, Path bean, String method) throws IOException {
        try (Page page = one.page().context().newPage()) {
            page.setViewportSize(1280, 800);
            page.setContent(FRAME.replace("ONE", picture(one))
                    .replace("OTHER", picture(other))
                    .replace("FILE", bean.getFileName().toString()));
            page.locator("pre").evaluate("(pre, code) => { pre.textContent = code; }", method(bean, method));
            byte[] picture = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
            Files.write(Path.of("target/screenshots", NAME), picture);
            if (Boolean.getBoolean("picture.write")) {
                Files.write(Path.of("src/site/resources/images", NAME), picture);
            }
        }
    }

    private static String picture(DemoPage tab) {
        tab.page().setViewportSize(900, 760);
        return Base64.getEncoder().encodeToString(tab.page().screenshot());
    }

    /** Its text without indentation. */
    private static String method(Path bean, String beginning) throws IOException {
        Matcher found = Pattern.compile("(?ms)^ {4}@\\w+\\([^\\n]*\\n {4}" + Pattern.quote(beginning) + ".*?^ {4}}$")
                .matcher(Files.readString(bean));
        if (!found.find()) {
            throw new AssertionError("no " + beginning + " in " + bean);
        }
        return found.group().replaceAll("(?m)^ {4}", "");
    }
}
