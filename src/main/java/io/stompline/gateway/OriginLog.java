package io.stompline.gateway;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.security.proxy.RequestSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Logs which origins are refused: each once a minute, and of all no more than 20 a minute, for a stranger chooses what
 * stands there. Thread-safe.
 */
final class OriginLog {
    private static final System.Logger LOG = System.getLogger(HandshakeDoor.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_IN_A_MINUTE = 20;

    /** Longer than any that a browser sends: a host has at most 253 characters. */
    private static final int MAX_CHARS = 300;

    private final LongSupplier nanoClock;
    private final OnceLog log;
    private long minuteBeganNanos;
    private final Set<String> inThisMinute = new HashSet<>();

    OriginLog(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.log = new OnceLog(LOG, MINUTE, nanoClock);
        this.minuteBeganNanos = nanoClock.getAsLong();
    }

    /** A page of that origin was refused. */
    void refused(String origin, RequestSource source) {
        String printable =
                origin.substring(0, Math.min(origin.length(), MAX_CHARS)).replaceAll("[^ -~]", "?");
        if (mayLog(printable)) {
            log.log(
                    Level.WARNING,
                    printable,
                    "a page of " + printable + " may not connect, " + advice(printable, source));
        }
    }

    private synchronized boolean mayLog(String origin) {
        long now = nanoClock.getAsLong();
        if (now - minuteBeganNanos >= MINUTE.toNanos()) {
            minuteBeganNanos = now;
            inThisMinute.clear();
        }
        return inThisMinute.contains(origin) || (inThisMinute.size() < MAX_IN_A_MINUTE && inThisMinute.add(origin));
    }

    private static String advice(String origin, RequestSource source) {
        String host = source.host().orElse("").toLowerCase(Locale.ROOT);
        return !host.isEmpty() && origin.toLowerCase(Locale.ROOT).equals("https://" + host)
                ? "for the server was asked without TLS: if a proxy ends TLS, name the proxy in "
                        + Setting.PROXIES.key()
                : "for this server is " + (host.isEmpty() ? "nameless" : host.replaceAll("[^ -~]", "?"))
                        + ": if it should, add its origin to " + Setting.ALLOWED_ORIGINS.key();
    }
}
