package io.stompline.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Firefox from the PATH, headless, with one tab. WebDriver BiDi tells it what to do: Playwright does not take the
 * Firefox of a distribution. One thread at a time.
 */
public final class Firefox implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LISTENS = "WebDriver BiDi listening on ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final WebSocket commands;
    private final String tab;
    private int last;

    private Firefox(Process process, String address) throws IOException, InterruptedException {
        this.process = process;
        commands = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address + "/session"), new Listener())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        command("session.new", Map.of("capabilities", Map.of()));
        tab = command("browsingContext.getTree", Map.of())
                .at("/contexts/0/context")
                .asText();
    }

    /**
     * A browser without a window.
     *
     * @param profile an empty folder
     */
    public static Firefox launch(Path profile) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "firefox-esr",
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port",
                "0");
        builder.environment().put("HOME", profile.toString());
        Path log = profile.resolve("log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Firefox(process, address(process, log));
    }

    /** Runs a function in each page before its own scripts. */
    public void beforeEachPage(String function) throws IOException, InterruptedException {
        command("script.addPreloadScript", Map.of("functionDeclaration", function));
    }

    /** Shows a page and waits until it is loaded. */
    public void open(URI page) throws IOException, InterruptedException {
        command("browsingContext.navigate", Map.of("context", tab, "url", page.toString(), "wait", "complete"));
    }

    /**
     * Calls a function of the page with one argument, and waits for its promise.
     *
     * @return what it gave, as text
     * @throws AssertionError if it threw
     */
    public String call(String function, Object argument) throws IOException, InterruptedException {
        String call = "(%s)(%s)".formatted(function, JSON.writeValueAsString(argument));
        JsonNode outcome = command(
                "script.evaluate", Map.of("expression", call, "target", Map.of("context", tab), "awaitPromise", true));
        if (!outcome.path("type").asText().equals("success")) {
            throw new AssertionError(outcome.toString());
        }
        return outcome.at("/result/value").asText();
    }

    @Override
    public void close() {
        commands.abort();
        process.destroy();
        process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The end of its line for commands, which it prints. */
    private static String address(Process process, Path log) throws IOException {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !process.isAlive() || printed(log).isPresent());
        return printed(log).orElseThrow(() -> new AssertionError("Firefox ended"));
    }

    private static Optional<String> printed(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(LISTENS))
                    .map(line -> line.substring(LISTENS.length()))
                    .findFirst();
        }
    }

    private JsonNode command(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        last++;
        commands.sendText(JSON.writeValueAsString(Map.of("id", last, "method", method, "params", parameters)), true)
                .join();
        JsonNode answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (answer == null || !answer.path("type").asText().equals("success")) {
            throw new AssertionError(method + ": " + answer);
        }
        return answer.get("result");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode node = JSON.readTree(message);
                // Others are events.
                if (node.has("id")) {
                    answers.add(node);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
