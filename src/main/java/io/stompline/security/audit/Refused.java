package io.stompline.security.audit;

import io.stompline.bounds.AddressBlock;
import java.util.Optional;

/**
 * Something that was refused to somebody.
 *
 * @param sessionId of the session; empty if there was none yet
 * @param address the client's, as far as known
 * @param user who it was, or who it claimed to be; empty if neither is known
 * @param reason a sentence without secrets
 */
public record Refused(What what, String sessionId, String address, Optional<String> user, String reason) {
    /** Kinds of what is refused. */
    public enum What {
        /** A connection, before it opens. */
        HANDSHAKE("handshake", true, false),
        /** A request for a foreign host. */
        REQUEST("request", true, false),
        /** A login, or a connection that is one too many for its user. */
        LOGIN("login", false, false),
        /** The renewal of a token. */
        RENEWAL("renewal", false, true),
        /** A destination, to one who logged in. */
        DESTINATION("destination", false, true),
        /** A handler method, to one who logged in. */
        HANDLER("handler", false, true),
        /** The metrics. */
        METRICS("metrics", false, false),
        /** The description of the application for clients. */
        ASYNCAPI("asyncapi", false, false);

        private final String word;
        private final boolean ofSettings;
        private final boolean ofUsers;

        What(String word, boolean ofSettings, boolean ofUsers) {
            this.word = word;
            this.ofSettings = ofSettings;
            this.ofUsers = ofUsers;
        }

        /** As the log names it. */
        String word() {
            return word;
        }

        /** Whether perhaps a setting is wrong, and not the client. */
        boolean isOfSettings() {
            return ofSettings;
        }

        /** Whether it is refused to users who logged in, and not to strangers. */
        boolean isOfUsers() {
            return ofUsers;
        }
    }

    /** The subject whose refusals are limited: the user who logged in, or else the address, of IPv6 its network. */
    String whose() {
        String client = AddressBlock.of(address);
        return what.isOfUsers() ? user.orElse(client) : client;
    }

    /** A refusal before there is a session or a user. */
    public static Refused early(What what, String address, String reason) {
        return new Refused(what, "", address, Optional.empty(), reason);
    }
}
