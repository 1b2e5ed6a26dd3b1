package io.stompline.security.rules;

import io.stompline.security.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An action that a rule allows or denies. */
public enum Deed {
    /** SEND, and {@code reply-to}, by which others send on behalf of the caller. */
    SEND,
    /** SUBSCRIBE. */
    SUBSCRIBE,
    /** A durable subscription; SUBSCRIBE is needed as well. */
    DURABLE,
    /** Messages that came before; SUBSCRIBE is needed as well. */
    HISTORY,
    /** Who is subscribed to the topic; SUBSCRIBE is not needed. */
    PRESENCE;

    /** How a rule may say it, as a sentence lists it; {@link #named} reads these. */
    static String words() {
        List<String> words = Arrays.stream(values()).map(Deed::word).toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** The deed that a rule means by a word. */
    static Optional<Deed> named(String word) {
        return Arrays.stream(values()).filter(deed -> deed.word().equals(word)).findFirst();
    }

    /** The deed of a caller that asks for an action. */
    static Deed of(Action action) {
        return switch (action) {
            case SEND, REPLY_TO -> SEND;
            case SUBSCRIBE -> SUBSCRIBE;
            case SUBSCRIBE_DURABLE -> DURABLE;
            case READ_HISTORY -> HISTORY;
            case SEE_PRESENCE -> PRESENCE;
        };
    }

    /** As it is written in a rule. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
