package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.DemoPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code target/site}: the guide of the WAR on a web server that gives files and knows nothing of Stompline. */
class SiteIT {
    private static final Path SITE =
            Path.of(System.getProperty("stompline.server.dir", "target/server")).resolveSibling("site");

    private final List<String> complaints = new ArrayList<>();
    private HttpServer files;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", SiteIT::answer);
        files.start();
        chromium = Chromium.launch();
    }

    @AfterEach
    void stop() {
        chromium.close();
        files.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        Path file = SITE.resolve(path.isEmpty() ? "index.html" : path);
        try (exchange) {
            if (Files.isRegularFile(file)) {
                exchange.getResponseHeaders().set("Content-Type", type(path));
                byte[] content = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "svg" -> "image/svg+xml";
            case "md" -> "text/markdown";
            default -> "text/html";
        };
    }

    @Test
    void site_filesAlone_areTheGuideOfTheWar() {
        Page page = open("");
        assertThat(link(page, "Guide")).hasAttribute("aria-current", "page");
        assertThat(link(page, "Java API")).hasAttribute("href", "apidocs/index.html");
        assertThat(page.locator("#chapter h1")).hasText("Where to begin");

        page.locator("#search").fill("too slowly");
        link(page, "Errors and what to do: client reads too slowly").click();
        assertThat(page.locator("[id='errors/client-reads-too-slowly']")).isInViewport();
        link(page, "Questions ›").click();
        assertThat(page.locator("#chapter h1")).hasText("Questions");

        link(page, "Beans and browsers").first().click();
        assertThat(page.locator(".code button").first()).hasText("Copy");
        assertThat(page.locator(".hljs-keyword").first()).isVisible();
        link(page, "Behind a proxy").first().click();
        assertThat(page.locator(".language-nginx .hljs-attribute").first()).isVisible();
        new DemoPage(page).picture("site");

        link(page, "Benchmark").first().click();
        page.waitForFunction(
                "() => document.images.length > 1 && [...document.images].every((one) => one.naturalWidth)");
        link(page, "Security").first().click();
        assertThat(page.locator("#chapter h1")).containsText("Security");
        assertThat(complaints).isEmpty();
    }

    private Page open(String name) {
        Page page = chromium.browser().newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate("http://localhost:" + files.getAddress().getPort() + "/" + name);
        return page;
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
