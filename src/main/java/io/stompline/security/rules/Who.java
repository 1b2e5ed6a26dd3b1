package io.stompline.security.rules;

import io.stompline.security.Caller;
import java.util.Optional;

/** Whom a rule is about. */
sealed interface Who {
    /** Every caller that logged in. */
    record Everyone() implements Who {}

    /** Callers with that role or group. */
    record Role(String name) implements Who {}

    /** The caller of that name. */
    record User(String name) implements Who {}

    /** Reads {@code everyone}, {@code role:NAME} or {@code user:NAME}. */
    static Optional<Who> parse(String word) {
        if (word.equals("everyone")) {
            return Optional.of(new Everyone());
        }
        return after("role:", word)
                .<Who>map(Role::new)
                .or(() -> after("user:", word).map(User::new));
    }

    private static Optional<String> after(String prefix, String word) {
        return Optional.of(word)
                .filter(text -> text.startsWith(prefix) && text.length() > prefix.length())
                .map(text -> text.substring(prefix.length()));
    }

    /** Whether the caller is meant. */
    default boolean includes(Caller caller) {
        if (this instanceof Role role) {
            return caller.groups().contains(role.name());
        }
        return !(this instanceof User user) || caller.name().equals(user.name());
    }
}
