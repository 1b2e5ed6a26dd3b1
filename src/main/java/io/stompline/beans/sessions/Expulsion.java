package io.stompline.beans.sessions;

import io.stompline.api.StompClient;
import io.stompline.session.port.SessionView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The order to end sessions, as nodes tell it each other.
 *
 * @param session id of the one that is meant; empty if those of a user are
 * @param user whose sessions are meant
 * @param by who gave the order, if that is known
 * @param reason a sentence for the clients
 */
record Expulsion(String session, Optional<String> user, Optional<String> by, String reason) {
    private static final int MAX_NAMED = 3;

    /** Whether it is about that session. */
    boolean isAbout(SessionView connected) {
        return user.isPresent()
                ? user.get().equals(connected.caller().name())
                : connected.id().equals(session);
    }

    /** For the log. */
    String line(List<StompClient> ended) {
        String named = ended.stream()
                .limit(MAX_NAMED)
                .map(client ->
                        ", session " + client.sessionId() + " of " + client.user() + " at " + client.remoteAddress())
                .collect(Collectors.joining());
        return "ended by " + by.orElse("the application") + ": "
                + user.map(name -> "all sessions of user " + name).orElse("session " + session) + ", "
                + ended.size() + " on this server" + named + (ended.size() > MAX_NAMED ? ", …" : "") + ": " + reason;
    }
}
