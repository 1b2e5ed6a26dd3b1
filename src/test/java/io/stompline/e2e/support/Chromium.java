package io.stompline.e2e.support;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's own Chromium under Playwright, headless. One thread at a time.
 *
 * <p>It is looked for on the PATH; the system property {@code stompline.chromium} or the environment variable
 * {@code STOMPLINE_CHROMIUM} names another.
 */
public final class Chromium implements AutoCloseable {
    /** For a page or an element: the machine may be busy, or stand still for a while. */
    static final int PATIENCE_MILLIS = 120_000;

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    /** Unpacks a Node.js of its own and starts it: once for all browsers of this JVM. It ends with the JVM. */
    private static final class Driver {
        static final Playwright PLAYWRIGHT = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    private final Browser browser;

    private Chromium(Browser browser) {
        this.browser = browser;
    }

    /**
     * A browser without a window.
     *
     * @throws AssertionError with what to install if there is none
     */
    public static Chromium launch() {
        Path executable = executable();
        // The sandbox does not work for root, which is whom containers run builds as.
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setHeadless(true)
                .setArgs(List.of("--no-sandbox"));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return new Chromium(Driver.PLAYWRIGHT.chromium().launch(options));
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
    }

    private static Path executable() {
        return named().or(Chromium::onPath).orElseThrow(() -> new AssertionError("""
                The tests of the page need Chromium, and src/build/test-programs.sh has not fetched it: \
                install it, or name the executable with -Dstompline.chromium=... or STOMPLINE_CHROMIUM"""));
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getProperty("stompline.chromium", System.getenv("STOMPLINE_CHROMIUM")))
                .map(Path::of);
    }

    private static Optional<Path> onPath() {
        List<String> directories = List.of(System.getenv("PATH").split(File.pathSeparator, -1));
        return NAMES.stream()
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .flatMap(file -> Files.isExecutable(file) ? Stream.of(file) : Stream.empty())
                .findFirst();
    }
}
