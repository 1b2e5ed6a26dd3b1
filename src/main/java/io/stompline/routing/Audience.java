package io.stompline.routing;

import java.util.Optional;

/**
 * The subscribers of a destination that a message is meant for. Immutable.
 *
 * @param user only sessions of this user
 * @param session only the session of this id
 * @param exceptSession not the session of this id
 * @param shownAs the destination as its receivers know it, if the message travels on a topic that many share
 */
public record Audience(
        Optional<String> user,
        Optional<String> session,
        Optional<String> exceptSession,
        Optional<Destination> shownAs) {
    /** The topic on which messages to users travel; the audience names their receivers. */
    public static final Destination CARRIER = Destination.topic("stompline/users");

    /** Every subscriber. */
    public static final Audience EVERYBODY =
            new Audience(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** All sessions of a user that subscribed to that destination of theirs. */
    public static Audience ofUser(String user, Destination destination) {
        return new Audience(Optional.of(user), Optional.empty(), Optional.empty(), Optional.of(destination));
    }

    /** One session, if it subscribed to that destination of its user. */
    public static Audience ofSession(String session, Destination destination) {
        return new Audience(Optional.empty(), Optional.of(session), Optional.empty(), Optional.of(destination));
    }

    /** The same without one session. */
    public Audience except(String excluded) {
        return new Audience(user, session, Optional.of(excluded), shownAs);
    }

    /** Whether every subscriber but that session is meant. */
    public boolean excludes(String id) {
        return exceptSession.isPresent() && exceptSession.get().equals(id);
    }

    /** Whether a session is meant, as far as sessions are named. */
    public boolean includesSession(String id) {
        // For each delivery: no lambda, no allocation.
        return (session.isEmpty() || session.get().equals(id)) && !excludes(id);
    }
}
