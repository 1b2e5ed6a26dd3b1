package io.stompline.inbox;

import io.stompline.routing.Destination;
import java.util.Optional;

/**
 * Whose messages at which destination.
 *
 * @param user the name of the user
 * @param destination as the user subscribes to it
 */
record Address(String user, Destination destination) {
    private static final String SEEN = ".seen";
    private static final char NUL = '\0';

    /** Whether the table can have it: PostgreSQL has no NUL in a text. */
    boolean isStorable() {
        return user.length() <= InboxTable.MAX_NAME_CHARS
                && destination.text().length() <= InboxTable.MAX_NAME_CHARS
                && user.indexOf(NUL) < 0;
    }

    /** Where the user is told what was acknowledged, and how many messages are left. */
    Destination seen() {
        return new Destination(destination.kind(), destination.name() + SEEN);
    }

    /** The address about which this one tells; empty if it is one for messages. */
    Optional<Address> toldAbout() {
        String name = destination.name();
        return name.endsWith(SEEN) && name.length() > SEEN.length()
                ? Optional.of(new Address(
                        user, new Destination(destination.kind(), name.substring(0, name.length() - SEEN.length()))))
                : Optional.empty();
    }
}
