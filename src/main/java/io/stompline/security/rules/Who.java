package io.stompline.security.rules;

import io.stompline.security.Caller;
import java.util.Optional;

/** The callers that a rule is about. */
sealed interface Who {
    /** How a rule may say it, as a sentence lists it; {@link #parse} reads these. */
    static String words() {
        return "everyone, role:NAME or user:NAME";
    }

    /** Reads one of {@link #words}. */
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
    boolean includes(Caller caller);

    /** The role that the container has to be asked for, since it may map groups to roles; empty if none. */
    Optional<String> role();

    /** Every caller that logged in. */
    record Everyone() implements Who {
        @Override
        public boolean includes(Caller caller) {
            return true;
        }

        @Override
        public Optional<String> role() {
            return Optional.empty();
        }
    }

    /** Callers with that role or group. */
    record Role(String name) implements Who {
        @Override
        public boolean includes(Caller caller) {
            return caller.groups().contains(name);
        }

        @Override
        public Optional<String> role() {
            return Optional.of(name);
        }
    }

    /** The caller of that name. */
    record User(String name) implements Who {
        @Override
        public boolean includes(Caller caller) {
            return caller.name().equals(name);
        }

        @Override
        public Optional<String> role() {
            return Optional.empty();
        }
    }
}
