package io.stompline.security.rules;

import io.stompline.security.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An action that a rule allows or denies. */
public enum Deed {
    /** SEND, and {@code reply-to}, by which others send on behalf of the caller. */
    SEND,
    /** SUBSCRIBE. */
    SUBSCRIBE,
    /** A durable subscription; SUBSCRIBE is needed as well. */
    DURABLE,
    /** Messages that came before; SUBSCRIBE is needed as well. */
    HISTORY;

    /** Words for what is a part of SUBSCRIBE. */
    private static final List<String> PARTS_OF_SUBSCRIBE = List.of("presence");

    /** How a rule may say it, as a sentence lists it; {@link #named} reads these. */
    static String words() {
        List<String> words = Stream.concat(Arrays.stream(values()).map(Deed::word), PARTS_OF_SUBSCRIBE.stream())
                .toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** The deed that a rule means by a word. */
    static Optional<Deed> named(String word) {
        if (PARTS_OF_SUBSCRIBE.contains(word)) {
            return Optional.of(SUBSCRIBE);
        }
        return Arrays.stream(values()).filter(deed -> deed.word().equals(word)).findFirst();
    }

    /** The deed of a caller that asks for an action. */
    static Deed of(Action action) {
        return switch (action) {
            case SEND, REPLY_TO -> SEND;
            case SUBSCRIBE -> SUBSCRIBE;
            case SUBSCRIBE_DURABLE -> DURABLE;
            case READ_HISTORY -> HISTORY;
        };
    }

    /** As it is written in a rule. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
