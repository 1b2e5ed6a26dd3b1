package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.stompline.server.Server;
import io.stompline.server.ServerProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Pages of the demo in a real browser. A test fails if the browser complained on its console: failed requests,
 * exceptions, breaches of the content security policy. One that fails for another reason says what the browser
 * complained about and waited for, and the end of the server's log. One thread at a time.
 */
public final class Browsers implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /**
     * How long {@code stompline-socket.js} waits before it does without WebSocket, or without a stream: here as long as
     * the test, for the machine may be busy.
     */
    private static final String PATIENCE = """
            const timer = window.setTimeout;
            window.setTimeout = (task, millis, ...rest) =>
              timer(task, new Error().stack.split('\\n')[2].includes('/stompline-socket.js') ? %d : millis, ...rest);
            """.formatted(Chromium.PATIENCE_MILLIS);

    private final List<Page> pages = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Set<Request> unanswered = new LinkedHashSet<>();
    private final Optional<Supplier<Server>> starter;
    private Server server;
    private Chromium chromium;

    /** Of the {@link SharedServer}. */
    public Browsers() {
        starter = Optional.empty();
    }

    /** Of a server of their own that is started so. */
    public Browsers(Supplier<Server> starter) {
        this.starter = Optional.of(starter);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = Chromium.launch();
        server = starter.map(Supplier::get).orElseGet(SharedServer::server);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> waitedFor = unanswered.stream().map(Request::url).toList();
        pages.forEach(page -> page.context().close());
        pages.clear();
        unanswered.clear();
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        context.getExecutionException()
                .ifPresent(failure -> failure.addSuppressed(new AssertionError("the browser complained about " + all
                        + " and waited for " + waitedFor + "; the end of the server's log:\n" + logTail())));
        assertThat(all).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null && starter.isPresent()) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private String logTail() {
        return server instanceof ServerProcess process ? process.logTail() : "";
    }

    /** Forgets complaints with that text, of which there must be one. */
    public void expect(String complaint) {
        assertThat(complaints.removeIf(text -> text.contains(complaint)))
                .as("a complaint with '%s' among %s", complaint, complaints)
                .isTrue();
    }

    /** Forgets complaints with that text, if there are any. */
    public void forgive(String complaint) {
        complaints.removeIf(text -> text.contains(complaint));
    }

    /** The server of the pages. */
    public Server server() {
        return server;
    }

    /** A page in a browser profile of its own, on a screen like that of a desktop. */
    public Page desktop(String name) {
        return open(name, 1280, 800);
    }

    /** A page in a browser profile of its own, on a screen like that of a phone. */
    public Page phone(String name) {
        return open(name, 390, 844);
    }

    /** A page in a browser profile of its own, on a screen of that size in pixels. */
    public Page open(String name, int width, int height) {
        return open(name, width, height, page -> {});
    }

    /** A page whose requests the preparation may route elsewhere. */
    public Page open(String name, int width, int height, Consumer<Page> preparation) {
        return visit(server.uri("/" + name), width, height, page -> {
            makePatient(page);
            preparation.accept(page);
        });
    }

    /** A page at another address of the server, that of a proxy, with its own limits of time for each transport. */
    public Page visitWithLimits(URI address) {
        return visit(address, 1280, 800, page -> {});
    }

    /** A page at another address of the server: that of a proxy. */
    public Page visit(URI address) {
        return visit(address, 1280, 800, Browsers::makePatient);
    }

    private static void makePatient(Page page) {
        page.addInitScript(PATIENCE);
    }

    private Page visit(URI address, int width, int height, Consumer<Page> preparation) {
        Page page = chromium.browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(width, height))
                .newPage();
        pages.add(page);
        page.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(unanswered::add);
        page.onRequestFinished(unanswered::remove);
        page.onRequestFailed(unanswered::remove);
        preparation.accept(page);
        page.navigate(address.toString());
        return page;
    }
}
