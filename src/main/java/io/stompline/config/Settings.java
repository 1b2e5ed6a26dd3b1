package io.stompline.config;

import io.stompline.time.WrittenTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads settings, each as {@link Setting} declares it, and collects their faults. One thread at a time.
 *
 * <p>Durations are read by {@link WrittenTime}; a number without a unit that looks like seconds is a warning.
 */
public final class Settings {
    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    private final Function<String, Optional<String>> source;

    /** Without repetition: some settings are read twice. */
    private final Set<String> faults = new LinkedHashSet<>();

    private final Set<String> doubts = new HashSet<>();

    /** Settings from that source: the value of a key, if it is set. */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /**
     * The settings of this application, from MicroProfile Config. Logs a warning for each {@code stompline.*} key and
     * each {@code STOMPLINE_*} environment variable that no setting has; values are not logged.
     */
    public static Settings ofApplication() {
        Config config = ConfigProvider.getConfig();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(Setting::isUnknown)
                .sorted()
                .forEach(key -> LOG.log(System.Logger.Level.WARNING, unknown(key)));
        return new Settings(key -> config.getOptionalValue(key, String.class));
    }

    /** The sentence about a key or an environment variable that no setting has. */
    static String unknown(String name) {
        return "there is no setting " + name + ": it has no effect; did you mean " + Setting.nearest(name) + "?";
    }

    /** A text; the default of the setting if it is not set, empty if there is none. */
    public Optional<String> text(Setting setting) {
        return given(setting).or(() -> Optional.of(setting.defaultValue())).filter(value -> !value.isEmpty());
    }

    /** The path of a URL, from its first slash on. */
    public String path(Setting setting) {
        String path = text(setting).orElse("");
        if (path.matches("(/[A-Za-z0-9._~-]+)+")) {
            return path;
        }
        faults.add(setting.key() + " must be a path such as " + setting.defaultValue());
        return setting.defaultValue();
    }

    /** A whole number in the range of the setting. */
    public int number(Setting setting) {
        int defaultValue = Integer.parseInt(setting.defaultValue());
        Optional<String> text = given(setting);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= setting.min() && number <= setting.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below like a number out of range.
        }
        faults.add(setting.key() + " must be a whole number from " + setting.min() + " to " + setting.max());
        return defaultValue;
    }

    /**
     * A time in the range of the setting. The keys of MicroProfile JWT are in seconds: too long ones are cut, and what
     * is no number counts as not there, for it was not meant for us.
     */
    public Duration time(Setting setting) {
        Duration defaultValue = Duration.ofMillis(Long.parseLong(setting.defaultValue()));
        Duration max = Duration.ofMillis(setting.max());
        Optional<String> own = own(setting);
        if (own.isEmpty()) {
            return foreign(setting)
                    .filter(text -> text.matches("\\d{1,9}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                    .map(time -> time.compareTo(max) > 0 ? max : time)
                    .orElse(defaultValue);
        }
        Optional<WrittenTime> written = WrittenTime.read(own.get());
        Duration min = Duration.ofMillis(setting.min());
        Optional<WrittenTime> possible = written.filter(time -> time.isFrom(min, max));
        if (possible.isEmpty()) {
            faults.add(timeFault(setting, max)
                    + written.map(time -> time.explained(min, max)).orElse(""));
            return defaultValue;
        }
        possible.get().doubt(defaultValue, min, max).ifPresent(doubt -> warn(setting.key() + ": " + doubt));
        return possible.get().duration();
    }

    private static String timeFault(Setting setting, Duration max) {
        String longest = max.equals(Setting.LONGEST) ? max.toDays() + " days" : max.toMillis() + " ms";
        return setting.key() + " must be a time such as 10s, 500ms or PT10S, or a number of milliseconds, from "
                + setting.min() + " ms to " + longest;
    }

    private void warn(String doubt) {
        if (doubts.add(doubt)) {
            LOG.log(System.Logger.Level.WARNING, doubt);
        }
    }

    /** True or false. */
    public boolean flag(Setting setting) {
        String text = text(setting).orElse("");
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            faults.add(setting.key() + " must be true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    /** One of these texts. */
    public String oneOf(Setting setting, List<String> choices) {
        String text = text(setting).orElse("");
        if (!choices.contains(text)) {
            faults.add(setting.key() + " must be " + String.join(" or ", choices));
        }
        return text;
    }

    /** Values separated by commas. */
    public List<String> list(Setting setting) {
        return text(setting).stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * Values separated by commas, each understood by {@code reader}.
     *
     * @param expectation what each value must be
     */
    public <T> List<T> list(Setting setting, Function<String, Optional<T>> reader, String expectation) {
        List<Optional<T>> values = list(setting).stream().map(reader).toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            faults.add(setting.key() + " must be " + expectation + ", separated by commas");
        }
        return values.stream().flatMap(Optional::stream).toList();
    }

    /** Whether it is set under its own key. */
    public boolean isSet(Setting setting) {
        return own(setting).isPresent();
    }

    /** Notes a fault that only the reader of several settings sees: a sentence that names a key. */
    public void wrong(String fault) {
        faults.add(fault);
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

    private Optional<String> given(Setting setting) {
        return own(setting).or(() -> foreign(setting));
    }

    private Optional<String> own(Setting setting) {
        return read(setting.key());
    }

    private Optional<String> foreign(Setting setting) {
        return setting.fallbacks().stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> read(String key) {
        return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }
}
