package io.stompline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads settings by key ({@code stompline.…}) and collects what is wrong with them. One thread at a time.
 *
 * <p>Durations are numbers of milliseconds or ISO-8601 ({@code PT10S}).
 */
public final class Settings {
    /** A year is for ever to a broker, and few enough nanoseconds to reckon with. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Function<String, Optional<String>> source;
    /** Without repetition: some settings are read twice. */
    private final Set<String> faults = new LinkedHashSet<>();

    /** Settings from that source: the value of a key, if it is set. */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** The settings of this application: MicroProfile Config. */
    public static Settings ofApplication() {
        return new Settings(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
    }

    /** Largest frame, in octets ({@code stompline.frame.max-bytes}). */
    public int maxFrameBytes() {
        return number("stompline.frame.max-bytes", 64 * 1024, 1024, 64 * 1024 * 1024);
    }

    /** Unacknowledged messages of a queue subscription ({@code stompline.subscription.max-unacknowledged}). */
    public int maxUnacknowledged() {
        return number("stompline.subscription.max-unacknowledged", 100, 1, 10_000);
    }

    /** A text. */
    public Optional<String> text(String key) {
        return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The path of a URL: a slash and what follows. */
    public String path(String key, String absent) {
        String path = text(key).orElse(absent);
        if (path.matches("(/[A-Za-z0-9._~-]+)+")) {
            return path;
        }
        faults.add(key + " must be a path such as " + absent);
        return absent;
    }

    /** A whole number from {@code min} to {@code max}. */
    public int number(String key, int absent, int min, int max) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below like a number out of range.
        }
        faults.add(key + " must be a whole number from " + min + " to " + max);
        return absent;
    }

    /** A time, of 365 days at most. */
    public Duration time(String key, Duration absent) {
        return time(key, absent, Duration.ZERO);
    }

    /** A time from {@code min} to 365 days. */
    public Duration time(String key, Duration absent, Duration min) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            String value = text.get();
            Duration time = value.startsWith("P") ? Duration.parse(value) : Duration.ofMillis(Long.parseLong(value));
            if (time.compareTo(min) >= 0 && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (RuntimeException e) {
            // Reported below like a time out of range.
        }
        faults.add(key + " must be a number of milliseconds or a time such as PT10S, from " + min.toMillis() + " ms to "
                + LONGEST.toDays() + " days");
        return absent;
    }

    /** Values parted by commas. */
    public List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * Values parted by commas, each understood by {@code reader}.
     *
     * @param expectation what each value must be
     */
    public <T> List<T> list(String key, Function<String, Optional<T>> reader, String expectation) {
        List<Optional<T>> values = list(key).stream().map(reader).toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            faults.add(key + " must be " + expectation + ", parted by commas");
        }
        return values.stream().flatMap(Optional::stream).toList();
    }

    /** How the bridge reaches Jakarta Messaging. */
    public JmsSettings jms() {
        return new JmsSettings(
                text("stompline.jms.address").orElse("mq://localhost/direct"),
                text("stompline.jms.connection-factory"),
                text("stompline.jms.user"),
                text("stompline.jms.password-file").map(Path::of),
                number("stompline.jms.publishers", 48, 1, 256),
                time("stompline.jms.request-timeout", Duration.ofSeconds(5)),
                time("stompline.jms.reconnect-min", Duration.ofMillis(500)),
                time("stompline.jms.reconnect-max", Duration.ofSeconds(5)),
                number("stompline.jms.max-deliveries", 5, 1, 1_000),
                maxUnacknowledged(),
                text("stompline.jms.dead-message-queue").orElse("stompline.dead"));
    }

    /**
     * Refuses to go on with wrong settings.
     *
     * @throws IllegalArgumentException naming every fault found so far
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("wrong settings: " + String.join("; ", faults));
        }
    }
}
