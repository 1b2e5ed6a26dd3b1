package io.stompline.gateway;

import io.stompline.config.Setting;
import io.stompline.security.Admission;
import io.stompline.security.OriginRule;
import java.util.Optional;

/** Decides whether a client may open a connection, before its transport does. Thread-safe; does not block. */
public final class HandshakeDoor {
    private final OriginRule originRule;
    private final Admission admission;

    /**
     * A door with these rules.
     *
     * @param originRule which web pages may connect
     * @param admission how many connections there may be, and how many handshakes in a second
     */
    public HandshakeDoor(OriginRule originRule, Admission admission) {
        this.originRule = originRule;
        this.admission = admission;
    }

    /** Why a client may not connect. */
    public enum Kind {
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

    /**
     * Asks for one handshake, which counts towards the limits per second unless its origin is refused.
     *
     * @param origin the {@code Origin} header; only browsers send one
     * @param host the {@code Host} header
     * @param secure whether the request came over TLS
     * @param remoteAddress of the client
     * @return nothing if the client may connect
     */
    public Optional<Refusal> refusal(
            Optional<String> origin, Optional<String> host, boolean secure, String remoteAddress) {
        if (!originRule.accepts(origin, host, secure)) {
            return Optional.of(new Refusal(
                    Kind.FORBIDDEN_ORIGIN, "this origin is not allowed (" + Setting.ALLOWED_ORIGINS.key() + ")"));
        }
        return admission.handshake(remoteAddress).map(reason -> new Refusal(Kind.BUSY, reason));
    }
}
