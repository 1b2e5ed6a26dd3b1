package io.stompline.e2e.support;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The accessibility checker axe-core of npm, as Deque's library for Playwright brings it. */
public final class Axe {
    private static final String SCRIPT = script();

    private Axe() {}

    /** What it finds on a page as it is now, a line for each element; nothing of it is loaded by the page. */
    public static List<String> violations(Page page) {
        return violations(page, "");
    }

    /** Of colours only: for a page that was checked in other colours. */
    public static List<String> violationsOfContrast(Page page) {
        return violations(page, "runOnly: ['color-contrast']");
    }

    /** The same without colours, which take most of the time: for many pages of one style sheet. */
    public static List<String> violationsButContrast(Page page) {
        return violations(page, "rules: { 'color-contrast': { enabled: false } }");
    }

    @SuppressWarnings("unchecked")
    private static List<String> violations(Page page, String options) {
        if ("undefined".equals(page.evaluate("typeof axe"))) {
            page.evaluate(SCRIPT);
        }
        return (List<String>) page.evaluate("""
                async () => {
                  const { violations } = await axe.run({ resultTypes: ['violations'], OPTIONS });
                  return violations.flatMap(({ id, nodes }) =>
                    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
                }""".replace("OPTIONS", options));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            // Without a value: the script's own is not one that can be handed over.
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "\nundefined";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
