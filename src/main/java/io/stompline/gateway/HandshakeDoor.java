package io.stompline.gateway;

import io.stompline.bounds.AddressBlock;
import io.stompline.bounds.Printable;
import io.stompline.config.Setting;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.security.Admission;
import io.stompline.security.OriginRule;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.RequestSource;
import java.util.Locale;
import java.util.Optional;

/** Decides whether a client may open a connection, before its transport does. Thread-safe; does not block. */
public final class HandshakeDoor {
    private final HostRule hosts;
    private final OriginRule originRule;
    private final Admission admission;
    private final OpenFiles files;
    private final Counter refusedForFiles;
    private final Audit audit;
    private volatile boolean closed;

    /**
     * A door with these rules.
     *
     * @param hosts by which names the server may be asked for
     * @param originRule which web pages may connect
     * @param admission how many connections there may be, and how many handshakes in a second
     * @param files of which every connection takes one
     * @param audit tells who was refused
     */
    public HandshakeDoor(
            HostRule hosts, OriginRule originRule, Admission admission, OpenFiles files, Metrics metrics, Audit audit) {
        this.hosts = hosts;
        this.originRule = originRule;
        this.admission = admission;
        this.files = files;
        this.refusedForFiles = metrics.counter(Meter.HANDSHAKES_REFUSED_FOR_FILES);
        this.audit = audit;
    }

    /** Why a client may not connect. */
    public enum Kind {
        /** It asks for a host that this server is not; it never will be. */
        FOREIGN_HOST,
        /** It is a web page of an origin that is not allowed (RFC 6455, 10.2); it never will be. */
        FORBIDDEN_ORIGIN,
        /** A limit is reached; it may try again later. */
        BUSY
    }

    /**
     * A client that may not connect.
     *
     * @param reason for the client, naming the setting
     */
    public record Refusal(Kind kind, String reason) {}

    /** Lets nobody in any more: the server stops. */
    public void close() {
        closed = true;
    }

    /**
     * Asks for one handshake, which counts towards the limits per second unless its host or origin is refused.
     *
     * @param origin the {@code Origin} header; only browsers send one
     * @param source where the request comes from
     * @return nothing if the client may connect
     */
    public Optional<Refusal> refusal(Optional<String> origin, RequestSource source) {
        if (closed) {
            return Optional.of(new Refusal(Kind.BUSY, "the server stops; connect again later"));
        }
        return refusalOfPage(origin, source)
                .or(() -> admission
                        .handshake(source.address())
                        .or(this::withoutFile)
                        .map(reason -> busy(reason, source.address())));
    }

    /**
     * Asks for a request that is no handshake: host and origin only.
     *
     * @param origin the {@code Origin} header; only browsers send one
     * @param source where the request comes from
     * @return nothing if the page may ask; never BUSY
     */
    public Optional<Refusal> refusalOfPage(Optional<String> origin, RequestSource source) {
        Optional<String> foreign = hosts.refusal(source);
        if (foreign.isPresent()) {
            return Optional.of(new Refusal(Kind.FOREIGN_HOST, foreign.get()));
        }
        if (originRule.accepts(origin, source.host(), source.secure())) {
            return Optional.empty();
        }
        tellOrigin(Printable.host(origin.orElse("")), source);
        return Optional.of(new Refusal(
                Kind.FORBIDDEN_ORIGIN, "this origin is not allowed (" + Setting.ALLOWED_ORIGINS.key() + ")"));
    }

    /**
     * Tells that a request was refused that is not of the client whose connection it is for.
     *
     * @param connection as its client calls it
     * @param user whom the container knows
     */
    public void tellStranger(String connection, String address, Optional<String> user, String reason) {
        String said = reason.strip() + ", in a request for the connection " + connection;
        audit.refusedAgain(
                new Refused(Refused.What.LOGIN, "", address, user, said), "connection " + connection + " " + address);
    }

    private Refusal busy(String reason, String address) {
        audit.refusedAgain(
                Refused.early(Refused.What.HANDSHAKE, address, reason), AddressBlock.of(address) + " " + reason);
        return new Refusal(Kind.BUSY, reason);
    }

    private void tellOrigin(String origin, RequestSource source) {
        String reason = "a page of " + origin + " may not connect, " + advice(origin, source);
        audit.refusedAgain(Refused.early(Refused.What.HANDSHAKE, source.address(), reason), "origin " + origin);
    }

    /** Names the setting that would allow the handshake. */
    private static String advice(String origin, RequestSource source) {
        String host = source.host().orElse("").toLowerCase(Locale.ROOT);
        return !host.isEmpty() && origin.toLowerCase(Locale.ROOT).equals("https://" + host)
                ? "for the server was asked without TLS: if a proxy ends TLS, name the proxy in "
                        + Setting.PROXIES.key()
                : "for this server is " + (host.isEmpty() ? "nameless" : Printable.host(host))
                        + ": if it should, add its origin to " + Setting.ALLOWED_ORIGINS.key();
    }

    /**
     * Whether a web page of another origin asks, which may connect but for which the container's login is not enough.
     */
    public boolean isForeignPage(Optional<String> origin, RequestSource source) {
        return !originRule.isOwn(origin, source.host(), source.secure());
    }

    private Optional<String> withoutFile() {
        if (files.tryTake()) {
            return Optional.empty();
        }
        refusedForFiles.increment();
        return Optional.of("this server may open no more connections (ulimit -n): it keeps a rest of files for others");
    }
}
