package io.stompline.gateway;

import io.stompline.bounds.RecentMap;
import io.stompline.session.port.HttpSessionChange;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The open connections of this node by the HTTP session of their handshake, under which name they are ended together.
 * Thread-safe; ends connections without a lock.
 */
final class HttpSessions {
    private static final int MAX_ENDED = 10_000;

    /** Octets of a hash. */
    private static final int KEY_BYTES = 16;

    private final LongSupplier millisClock;

    /** By {@link #key}; guarded by this. */
    private final Map<String, Set<Watched>> open = new HashMap<>();

    /** When those ended that ended last, by {@link #key}, in milliseconds of the time of day; guarded by this. */
    private final Map<String, Long> ended = new RecentMap<>(MAX_ENDED);

    /** When users logged out last of HTTP sessions that go on, as {@link #ended}; guarded by this. */
    private final Map<String, Long> loggedOut = new RecentMap<>(MAX_ENDED);

    /** A connection, under the newest key of its HTTP session; guarded by the outer object. */
    private static final class Watched {
        private final Runnable end;
        private final long knownMillis;
        private String key;

        private Watched(Runnable end, long knownMillis, String key) {
            this.end = end;
            this.knownMillis = knownMillis;
            this.key = key;
        }
    }

    /** @param millisClock the time of day */
    HttpSessions(LongSupplier millisClock) {
        this.millisClock = millisClock;
    }

    /** Names an HTTP session; its id would be as good as the login. */
    static String key(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has the algorithm.
            throw new IllegalStateException(e);
        }
    }

    /**
     * Ends a connection with that HTTP session.
     *
     * @param knownMillis when the container was asked who the user is
     * @param end ends the connection; does not wait; may be called several times
     * @return forgets the connection when it is closed
     */
    Runnable watch(HttpSession session, long knownMillis, Runnable end) {
        String id = session.getId();
        Watched watched = new Watched(end, knownMillis, key(id));
        add(watched);
        // Perhaps before it was entered above: it counts as valid while its listeners are told of its end.
        if (hasEnded(session)) {
            end(key(id));
        } else if (hasLoggedOutSince(knownMillis, key(session.getId()))) {
            end.run();
        } else if (!id.equals(session.getId())) {
            rename(key(id), key(session.getId()));
        }
        return () -> forget(watched);
    }

    private synchronized void add(Watched watched) {
        open.computeIfAbsent(watched.key, unknown -> new HashSet<>()).add(watched);
    }

    private synchronized void forget(Watched watched) {
        open.computeIfPresent(watched.key, (same, those) -> {
            those.remove(watched);
            return those.isEmpty() ? null : those;
        });
    }

    private boolean hasEnded(HttpSession session) {
        try {
            // An id may come again, if the client chooses it.
            return hasEndedSince(session.getCreationTime(), key(session.getId()));
        } catch (IllegalStateException invalidated) {
            return true;
        }
    }

    private synchronized boolean hasEndedSince(long createdMillis, String key) {
        Long since = ended.get(key);
        return since != null && since >= createdMillis;
    }

    private synchronized boolean hasLoggedOutSince(long knownMillis, String key) {
        Long since = loggedOut.get(key);
        return since != null && since >= knownMillis;
    }

    /** A user has logged out of an HTTP session: ends its connections, and those that are being opened. */
    void logOut(String key) {
        noteLogout(key);
        endOpen(key);
    }

    private synchronized void noteLogout(String key) {
        loggedOut.put(key, millisClock.getAsLong());
    }

    /** An HTTP session has another id from now on, and is known to have been logged out of as before. */
    void rename(String oldKey, String newKey) {
        move(oldKey, newKey).forEach(watched -> watched.end.run());
    }

    /** @return connections that came with the new id before this was told, and with the user who had logged out */
    private synchronized List<Watched> move(String oldKey, String newKey) {
        Set<Watched> those = open.remove(oldKey);
        if (those != null) {
            those.forEach(watched -> watched.key = newKey);
            open.computeIfAbsent(newKey, unknown -> new HashSet<>()).addAll(those);
        }
        // The old one stays: on another node the container may not know of the new one yet.
        Long logout = loggedOut.get(oldKey);
        if (logout == null) {
            return List.of();
        }
        loggedOut.merge(newKey, logout, Math::max);
        return open.getOrDefault(newKey, Set.of()).stream()
                .filter(watched -> watched.knownMillis <= logout)
                .toList();
    }

    /**
     * Another node has told of a change. Of an HTTP session that may go on, the container says whether others may open
     * with it, but for those that are being opened.
     */
    void changedElsewhere(HttpSessionChange change) {
        if (change instanceof HttpSessionChange.Renamed renamed) {
            rename(renamed.oldKey(), renamed.newKey());
        } else if (change instanceof HttpSessionChange.Ended ended && ended.perhapsUsable()) {
            logOut(ended.key());
        } else if (change instanceof HttpSessionChange.Ended ended) {
            end(ended.key());
        }
    }

    /** An HTTP session has ended: ends its connections, and those that open with it from now on. */
    void end(String key) {
        noteEnd(key);
        endOpen(key);
    }

    private synchronized void noteEnd(String key) {
        ended.put(key, millisClock.getAsLong());
    }

    private void endOpen(String key) {
        remove(key).forEach(watched -> watched.end.run());
    }

    private synchronized Set<Watched> remove(String key) {
        Set<Watched> those = open.remove(key);
        return those == null ? Set.of() : those;
    }
}
