package io.stompline.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The keys of the issuer, read again when they are old or one is missing. Thread-safe; does not block: an executor
 * reads.
 *
 * <p>Tokens with invented key ids cause no more than one reading in 30 s.
 */
final class KeyRing implements AutoCloseable {
    /** From the beginning of one reading to the next. */
    static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(30);

    /** Then they are read again; a key that the issuer has taken back is refused from then on. */
    static final Duration OLD = Duration.ofMinutes(5);

    /** Then nobody logs in any more if they cannot be read. */
    static final Duration TOO_OLD = Duration.ofHours(1);

    /** The result of a search for the key of a token. */
    sealed interface Lookup {
        /** One of them. */
        record Found(List<JWK> keys) implements Lookup {}

        /** The keys are being read. */
        record Pending(BooleanSupplier over) implements Lookup {}

        /** There is none. */
        record Unknown() implements Lookup {}
    }

    private final KeySource source;
    private final Set<JWSAlgorithm> algorithms;
    private final Executor reader;
    private final LongSupplier nanoClock;
    private final OnceLog log;
    private Keys keys = Keys.NONE;
    private long keysNanos;
    private Optional<Long> lastReadingNanos = Optional.empty();
    private boolean reading;

    /**
     * No keys yet.
     *
     * @param reader runs one reading at a time, which may take 5 s
     */
    KeyRing(KeySource source, Set<JWSAlgorithm> algorithms, Executor reader, LongSupplier nanoClock) {
        this.source = source;
        this.algorithms = algorithms;
        this.reader = reader;
        this.nanoClock = nanoClock;
        this.log = new OnceLog(System.getLogger(KeyRing.class.getName()), Duration.ofMinutes(1), nanoClock);
    }

    /**
     * Reads the keys for the first time.
     *
     * @throws IOException if they cannot be read
     * @throws KeyFault if they are none
     */
    void readNow() throws IOException, KeyFault {
        use(Keys.parse(source.read(), algorithms));
    }

    /** Begins to read the keys, unless that began less than 30 s ago. */
    synchronized void refresh() {
        boolean unused = mayRead();
    }

    /** The keys that may have signed a token with that header. */
    synchronized Lookup find(JWSHeader header) {
        long age = nanoClock.getAsLong() - keysNanos;
        if (age > TOO_OLD.toNanos()) {
            keys = Keys.NONE;
        }
        List<JWK> found = keys.matching(header);
        if (found.isEmpty()) {
            return mayRead() ? new Lookup.Pending(() -> !isReading()) : new Lookup.Unknown();
        }
        return age > OLD.toNanos() && mayRead() ? new Lookup.Pending(() -> !isReading()) : new Lookup.Found(found);
    }

    @Override
    public void close() {
        source.close();
    }

    private synchronized boolean isReading() {
        return reading;
    }

    /** Whether the keys are being read now, perhaps from now on. */
    private boolean mayRead() {
        long now = nanoClock.getAsLong();
        if (reading
                || lastReadingNanos
                        .filter(last -> now - last < READ_AT_MOST_EVERY.toNanos())
                        .isPresent()) {
            return reading;
        }
        lastReadingNanos = Optional.of(now);
        reading = true;
        try {
            reader.execute(this::read);
        } catch (RejectedExecutionException stopping) {
            reading = false;
        }
        return reading;
    }

    private void read() {
        try {
            readNow();
            log.mended(source.name());
        } catch (IOException | KeyFault e) {
            warn(e.getMessage());
        } catch (RuntimeException e) {
            warn(e.toString());
        } finally {
            endReading();
        }
    }

    private void warn(String why) {
        log.log(
                System.Logger.Level.WARNING,
                source.name(),
                "the keys of " + Setting.TOKEN_KEYS.key() + " cannot be read from " + source.name() + ": " + why);
    }

    private synchronized void use(Keys fresh) {
        keys = fresh;
        keysNanos = nanoClock.getAsLong();
    }

    private synchronized void endReading() {
        reading = false;
    }
}
