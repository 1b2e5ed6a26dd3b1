package io.stompline.security;

import io.stompline.bounds.Printable;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The proof of identity that a client presents: each kind says how CONNECT shows it and to which way to log in it
 * belongs.
 */
public sealed interface Credentials {
    /** A way to log in that an operator may close. */
    enum Way {
        /** A bearer token in CONNECT. */
        TOKEN,
        /** A ticket that the application issued, in CONNECT. */
        TICKET,
        /** Login and passcode in CONNECT. */
        PASSCODE,
        /** The container authenticated the handshake. */
        CONTAINER;

        /** The ways that are open: those that are set, or else all. */
        static Set<Way> from(Settings settings) {
            List<Way> set = settings.list(
                    Setting.LOGIN_WAYS,
                    word -> Arrays.stream(values())
                            .filter(way -> way.word().equals(word))
                            .findFirst(),
                    "token, ticket, passcode or container");
            return set.isEmpty() ? EnumSet.allOf(Way.class) : EnumSet.copyOf(set);
        }

        /** As it is written in the setting. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The credentials of a CONNECT: a token in {@code Authorization}; a passcode without login is a ticket, or a token
     * as in RabbitMQ.
     *
     * @param header the value of a header, if it is there and not empty
     * @param loneTokens whether a passcode without login that is no ticket is a token; otherwise it means nothing
     */
    static Credentials ofConnect(Function<String, Optional<String>> header, boolean loneTokens) {
        Optional<Token> bearer = Token.bearer(header);
        if (bearer.isPresent()) {
            return bearer.get();
        }
        Optional<String> login = header.apply("login");
        String passcode = header.apply("passcode").orElse("");
        if (login.isPresent()) {
            return new Passcode(login.get(), passcode);
        }
        if (Ticket.isOne(passcode)) {
            return new Ticket(passcode);
        }
        return loneTokens && !passcode.isEmpty() ? new Token(passcode) : new None();
    }

    /** The way to log in that they belong to; empty if there are none. */
    Optional<Way> way();

    /** The user that they name before they are checked; empty if they name none. */
    default Optional<String> user() {
        return Optional.empty();
    }

    /**
     * Login and passcode of CONNECT (STOMP 1.2, "CONNECT or STOMP Frame") or of HTTP Basic.
     *
     * @param login names the user
     * @param passcode secret; not in the text form
     */
    record Passcode(String login, String passcode) implements Credentials {
        @Override
        public Optional<Way> way() {
            return Optional.of(Way.PASSCODE);
        }

        @Override
        public Optional<String> user() {
            return Optional.of(login);
        }

        @Override
        public String toString() {
            return "passcode of " + Printable.of(login);
        }
    }

    /**
     * A bearer token (RFC 6750): {@code Authorization} of CONNECT, a passcode without a login, or the body of a
     * renewal.
     *
     * @param text secret; not in the text form
     */
    record Token(String text) implements Credentials {
        private static final String BEARER = "Bearer ";

        /** RFC 6750, 2.1. The header is not one of STOMP, so that clients write it either way. */
        private static Optional<Token> bearer(Function<String, Optional<String>> header) {
            return header.apply("Authorization")
                    .or(() -> header.apply("authorization"))
                    .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                    .map(value -> new Token(value.substring(BEARER.length()).strip()));
        }

        @Override
        public Optional<Way> way() {
            return Optional.of(Way.TOKEN);
        }

        @Override
        public String toString() {
            return "token";
        }
    }

    /**
     * A ticket: passcode of CONNECT without a login.
     *
     * @param text secret; not in the text form
     */
    record Ticket(String text) implements Credentials {
        /** Begins every ticket, and no token: JSON Web Tokens have no {@code ~} (RFC 7515, 7.1). */
        public static final String PREFIX = "ticket~";

        /** Whether a passcode without a login is meant as a ticket. */
        public static boolean isOne(String passcode) {
            return passcode.startsWith(PREFIX);
        }

        @Override
        public Optional<Way> way() {
            return Optional.of(Way.TICKET);
        }

        @Override
        public String toString() {
            return "ticket";
        }
    }

    /**
     * The container authenticated the caller at the handshake.
     *
     * @param foreignPage whether a web page of another origin opened the connection: the browser adds cookies, and
     *     perhaps the user knows nothing of it
     */
    record ContainerCaller(Caller caller, boolean foreignPage) implements Credentials {
        @Override
        public Optional<Way> way() {
            return Optional.of(Way.CONTAINER);
        }

        @Override
        public Optional<String> user() {
            return Optional.of(caller.name());
        }
    }

    /** No credentials were presented. */
    record None() implements Credentials {
        @Override
        public Optional<Way> way() {
            return Optional.empty();
        }
    }
}
