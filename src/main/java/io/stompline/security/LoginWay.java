package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A way to log in that an operator may close. */
public enum LoginWay {
    /** A bearer token in CONNECT. */
    TOKEN,
    /** A ticket that the application issued, in CONNECT. */
    TICKET,
    /** Login and passcode in CONNECT. */
    PASSCODE,
    /** The container authenticated the handshake. */
    CONTAINER;

    /** The ways that are open: those that are set, or else all. */
    static Set<LoginWay> from(Settings settings) {
        List<LoginWay> set = settings.list(
                Setting.LOGIN_WAYS,
                word -> Arrays.stream(values())
                        .filter(way -> way.word().equals(word))
                        .findFirst(),
                "token, ticket, passcode or container");
        return set.isEmpty() ? EnumSet.allOf(LoginWay.class) : EnumSet.copyOf(set);
    }

    /** The way that credentials belong to; empty if there are none. */
    static Optional<LoginWay> of(Credentials credentials) {
        if (credentials instanceof Credentials.Token) {
            return Optional.of(TOKEN);
        }
        if (credentials instanceof Credentials.Ticket) {
            return Optional.of(TICKET);
        }
        if (credentials instanceof Credentials.Passcode) {
            return Optional.of(PASSCODE);
        }
        return credentials instanceof Credentials.ContainerCaller ? Optional.of(CONTAINER) : Optional.empty();
    }

    /** As it is written in the setting. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
