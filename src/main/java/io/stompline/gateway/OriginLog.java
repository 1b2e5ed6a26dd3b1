package io.stompline.gateway;

import io.stompline.bounds.StrangerLog;
import io.stompline.config.Setting;
import io.stompline.security.proxy.RequestSource;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Logs which origins are refused, and what would let them in. Thread-safe. */
final class OriginLog {
    private final StrangerLog log;

    OriginLog(LongSupplier nanoClock) {
        this.log = new StrangerLog(System.getLogger(HandshakeDoor.class.getName()), nanoClock);
    }

    /** A page of that origin was refused. */
    void refused(String origin, RequestSource source) {
        String printable = StrangerLog.printable(origin);
        log.log(Level.WARNING, printable, "a page of " + printable + " may not connect, " + advice(printable, source));
    }

    private static String advice(String origin, RequestSource source) {
        String host = source.host().orElse("").toLowerCase(Locale.ROOT);
        return !host.isEmpty() && origin.toLowerCase(Locale.ROOT).equals("https://" + host)
                ? "for the server was asked without TLS: if a proxy ends TLS, name the proxy in "
                        + Setting.PROXIES.key()
                : "for this server is " + (host.isEmpty() ? "nameless" : StrangerLog.printable(host))
                        + ": if it should, add its origin to " + Setting.ALLOWED_ORIGINS.key();
    }
}
