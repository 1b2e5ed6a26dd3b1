package io.stompline.server;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Ends the process at once on a second SIGTERM or Ctrl-C: the Java VM (seen in 17 and 25) ignores it while it carries
 * out what the first has begun. Thread-safe.
 */
final class SecondSignal {
    /** One that comes sooner is the first once more: a shell or Maven passes on what the terminal sends to all. */
    private static final Duration SOONEST = Duration.ofSeconds(1);

    private static final Map<String, Integer> NUMBERS = Map.of("TERM", 15, "INT", 2);
    private static final int STATUS_OF_SIGNAL = 128;

    private final LongSupplier nanoClock;
    private final IntConsumer exit;
    private final IntConsumer halt;
    private OptionalLong firstNanos = OptionalLong.empty();

    /**
     * No signal has come.
     *
     * @param exit ends the process in order, with that status; does not return before
     * @param halt ends it at once
     */
    SecondSignal(LongSupplier nanoClock, IntConsumer exit, IntConsumer halt) {
        this.nanoClock = nanoClock;
        this.exit = exit;
        this.halt = halt;
    }

    /** Takes these signals from now on, unless the Java VM was told to leave them alone (-Xrs). */
    static void listen() {
        SecondSignal signals = new SecondSignal(System::nanoTime, System::exit, Runtime.getRuntime()::halt);
        NUMBERS.forEach((name, number) -> {
            try {
                handle(name, () -> signals.came(number));
            } catch (ReflectiveOperationException e) {
                System.getLogger(SecondSignal.class.getName()).log(Level.DEBUG, "SIG" + name + " is left alone", e);
            }
        });
    }

    /** By reflection: javac warns of {@code sun.misc}, which cannot be suppressed; Java has no other way. */
    private static void handle(String name, Runnable came) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler calls = (proxy, method, arguments) -> {
            came.run();
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls));
    }

    /** A signal of that number came. Each on a thread of its own. */
    void came(int number) {
        if (isSecond()) {
            System.err.println("A second signal ends the server at once.");
            halt.accept(STATUS_OF_SIGNAL + number);
        } else {
            exit.accept(STATUS_OF_SIGNAL + number);
        }
    }

    private synchronized boolean isSecond() {
        long now = nanoClock.getAsLong();
        if (firstNanos.isEmpty()) {
            firstNanos = OptionalLong.of(now);
        }
        return now - firstNanos.getAsLong() >= SOONEST.toNanos();
    }
}
