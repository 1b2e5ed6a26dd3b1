package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SecondSignalTest {
    private static final int TERM = 15;
    private static final int INT = 2;

    private final List<String> ends = new ArrayList<>();
    private long nowNanos = TimeUnit.DAYS.toNanos(1);
    private final SecondSignal signals = new SecondSignal(
            () -> nowNanos, status -> ends.add("exit " + status), status -> ends.add("halt " + status));

    @Test
    void signal_first_endsInOrder() {
        signals.came(TERM);
        assertThat(ends).containsExactly("exit 143");
    }

    @Test
    void signal_secondAfterASecond_endsAtOnce() {
        signals.came(TERM);
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        signals.came(INT);
        assertThat(ends).containsExactly("exit 143", "halt 130");
    }

    @Test
    void signal_passedOnBySomebodyElse_isNoSecondOne() {
        signals.came(INT);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(999);
        signals.came(TERM);
        assertThat(ends).containsExactly("exit 130", "exit 143");
    }

    /** A process as its supervisor sees it: its end in order never comes. */
    @Test
    void signal_secondToAProcessThatStops_endsIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        placeOf(SecondSignal.class) + File.pathSeparator + placeOf(Stopping.class),
                        Stopping.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("runs");
            process.toHandle().destroy();
            assertThat(lines.readLine()).isEqualTo("stops");
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                process.toHandle().destroy();
                return !process.isAlive();
            });
            assertThat(lines.lines()).containsExactly("A second signal ends the server at once.");
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path placeOf(Class<?> ours) throws Exception {
        return Path.of(ours.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Runs, and then stops, for ever. */
    static final class Stopping {
        private Stopping() {}

        public static void main(String[] args) throws InterruptedException {
            SecondSignal.listen();
            CountDownLatch never = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.out.println("stops");
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            System.out.println("runs");
            never.await();
        }
    }
}
