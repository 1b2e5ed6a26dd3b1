package io.stompline.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a page in Chromium pays for the messages of one topic, read by stompjs and {@code JSON.parse}: with each frame
 * as a WebSocket message of its own, and merged. Prints the rate that the page takes, and the browser's CPU time.
 *
 * <p>{@code bench.seconds} is how long each is measured; {@code bench.rate} how many messages a second are sent.
 */
public final class PageRun {
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);
    private static final int RATE = Integer.getInteger("bench.rate", 5_000);
    private static final int BATCHES_PER_SECOND = 100;
    private static final Path STOMP_JS = Path.of(
            System.getProperty("stompline.node.dir", "target/node"),
            "node_modules/@stomp/stompjs/bundles/stomp.umd.min.js");

    private static final String SUBSCRIBE = """
            url => new Promise(subscribed => {
                window.count = 0;
                const client = new StompJs.Client({
                    brokerURL: url,
                    connectHeaders: { login: 'user1', passcode: 'user1' },
                    onConnect: () => {
                        client.subscribe('/topic/bench/page', message => {
                            window.last = JSON.parse(message.body);
                            window.count++;
                        }, { receipt: 'subscribed' });
                        client.watchForReceipt('subscribed', () => subscribed());
                    },
                });
                client.activate();
            })
            """;

    private PageRun() {}

    public static void main(String[] args) throws InterruptedException {
        measure(false);
        measure(true);
        // Two threads of Playwright, which are no daemons, would keep the JVM.
        System.exit(0);
    }

    private static void measure(boolean merged) throws InterruptedException {
        try (ServerProcess server = ServerProcess.demo()
                        .with("stompline.outbox.merge", Boolean.toString(merged))
                        .start();
                Chromium chromium = Chromium.launch();
                RawClient sender = RawClient.connected(server.stompUri(), "1.2")) {
            // The page's content security policy knows no script of ours.
            Page page = chromium.browser()
                    .newContext(new Browser.NewContextOptions().setBypassCSP(true))
                    .newPage();
            page.navigate(server.uri("/").toString());
            page.addScriptTag(new Page.AddScriptTagOptions().setPath(STOMP_JS));
            page.evaluate(SUBSCRIBE, server.stompUri().toString());
            send(sender);
            long before = count(page);
            Duration cpu = cpu();
            long start = System.nanoTime();
            send(sender);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f of %,d messages a second, %.2f cores of the browser%n",
                    merged ? "merged" : "one message each",
                    (count(page) - before) / seconds,
                    RATE,
                    cpu().minus(cpu).toNanos() / 1e9 / seconds);
        }
    }

    private static void send(RawClient sender) throws InterruptedException {
        String frame = "SEND\ndestination:/topic/bench/page\ncontent-type:application/json\n\n{\"text\":\""
                + "x".repeat(86) + "\"}\0";
        String batch = frame.repeat(RATE / BATCHES_PER_SECOND);
        long due = System.nanoTime();
        for (int i = 0; i < SECONDS * BATCHES_PER_SECOND; i++) {
            sender.send(batch);
            due += TimeUnit.SECONDS.toNanos(1) / BATCHES_PER_SECOND;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
        }
    }

    private static long count(Page page) {
        return ((Number) page.evaluate("count")).longValue();
    }

    /** Of all processes of the browser. */
    private static Duration cpu() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
