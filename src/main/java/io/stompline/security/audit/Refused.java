package io.stompline.security.audit;

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
        HANDSHAKE("handshake", true),
        /** A request for a foreign host. */
        REQUEST("request", true),
        /** A login, or a connection that is one too many for its user. */
        LOGIN("login", false),
        /** The renewal of a token. */
        RENEWAL("renewal", false),
        /** A destination, to one who logged in. */
        DESTINATION("destination", false),
        /** A handler method, to one who logged in. */
        HANDLER("handler", false),
        /** The metrics. */
        METRICS("metrics", false),
        /** What beans take and give. */
        ASYNCAPI("asyncapi", false);

        private final String word;
        private final boolean ofSettings;

        What(String word, boolean ofSettings) {
            this.word = word;
            this.ofSettings = ofSettings;
        }

        /** As the log names it. */
        String word() {
            return word;
        }

        /** Whether perhaps a setting is wrong, and not the client. */
        boolean isOfSettings() {
            return ofSettings;
        }
    }

    /** A refusal before there is a session or a user. */
    public static Refused early(What what, String address, String reason) {
        return new Refused(what, "", address, Optional.empty(), reason);
    }
}
