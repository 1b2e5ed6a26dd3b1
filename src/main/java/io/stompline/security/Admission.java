package io.stompline.security;

import io.stompline.bounds.AddressBlock;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many connections there may be, and how fast they may come: on this node, from one address, of one user; how many
 * may log in at a time. An IPv6 address counts with all of its network of 64 bits. Thread-safe.
 */
public final class Admission {
    /**
     * Checking a passcode is slow on purpose: half of the threads that carry out frames are left for the frames of
     * connected clients.
     */
    public static final int LOGINS_AT_A_TIME = 32;

    private static final String NODE = "";

    /**
     * Limits; 0 is none.
     *
     * @param connections on this node
     * @param connectionsPerAddress from one remote address
     * @param connectionsPerUser of one caller on this node
     * @param handshakesPerSecond on this node
     * @param handshakesPerAddressPerSecond from one remote address
     */
    public record Limits(
            int connections,
            int connectionsPerAddress,
            int connectionsPerUser,
            int handshakesPerSecond,
            int handshakesPerAddressPerSecond) {
        static Limits from(Settings settings) {
            return new Limits(
                    settings.number(Setting.CONNECTIONS_MAX),
                    settings.number(Setting.CONNECTIONS_MAX_PER_ADDRESS),
                    settings.number(Setting.CONNECTIONS_MAX_PER_USER),
                    settings.number(Setting.HANDSHAKES_MAX_PER_SECOND),
                    settings.number(Setting.HANDSHAKES_MAX_PER_ADDRESS_PER_SECOND));
        }
    }

    private final Limits limits;
    private final LongSupplier nanoClock;
    private final Semaphore logins = new Semaphore(LOGINS_AT_A_TIME);
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<String, Integer> byUser = new HashMap<>();
    private final Map<String, Integer> handshakes = new HashMap<>();
    private long handshakesSecond;
    private int connections;

    /** No connections yet. */
    public Admission(Limits limits, LongSupplier nanoClock) {
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    /**
     * Counts a handshake, before it is answered.
     *
     * @return why it is refused, naming the setting; nothing if it may go on
     */
    public synchronized Optional<String> handshake(String address) {
        String client = AddressBlock.of(address);
        long second = TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong());
        if (second != handshakesSecond) {
            handshakesSecond = second;
            handshakes.clear();
        }
        int ofNode = handshakes.merge(NODE, 1, Integer::sum);
        int ofAddress = limits.handshakesPerAddressPerSecond() == 0 ? 0 : handshakes.merge(client, 1, Integer::sum);
        if (isOver(ofNode, limits.handshakesPerSecond())) {
            return Optional.of("too many handshakes (" + Setting.HANDSHAKES_MAX_PER_SECOND.key() + ")");
        }
        if (isOver(ofAddress, limits.handshakesPerAddressPerSecond())) {
            return Optional.of("too many handshakes from this address ("
                    + Setting.HANDSHAKES_MAX_PER_ADDRESS_PER_SECOND.key() + ")");
        }
        return overConnections(connections + 1, byAddress.getOrDefault(client, 0) + 1);
    }

    /** Counts a connection that was opened. */
    public synchronized Pass open(String address) {
        connections++;
        String client = AddressBlock.of(address);
        return new Pass(client, overConnections(connections, byAddress.merge(client, 1, Integer::sum)));
    }

    /** Begins to check credentials, unless so many are checked now that it has to wait for {@link #hasRoomForLogin}. */
    public boolean beginLogin() {
        return logins.tryAcquire();
    }

    /** The credentials are checked. */
    public void endLogin() {
        logins.release();
    }

    /** Whether {@link #beginLogin} may succeed now. */
    public boolean hasRoomForLogin() {
        return logins.availablePermits() > 0;
    }

    /** How many connections are open now. */
    public synchronized int connections() {
        return connections;
    }

    private Optional<String> overConnections(int ofNode, int ofAddress) {
        if (isOver(ofNode, limits.connections())) {
            return Optional.of("this server has as many connections as it may (" + Setting.CONNECTIONS_MAX.key() + ")");
        }
        return isOver(ofAddress, limits.connectionsPerAddress())
                ? Optional.of(
                        "too many connections from this address (" + Setting.CONNECTIONS_MAX_PER_ADDRESS.key() + ")")
                : Optional.empty();
    }

    private static boolean isOver(int count, int limit) {
        return limit > 0 && count > limit;
    }

    private static void decrement(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** One open connection among those counted. Thread-safe. */
    public final class Pass implements AutoCloseable {
        private final String address;
        private final Optional<String> refusal;
        private Optional<String> user = Optional.empty();
        private boolean closed;

        private Pass(String address, Optional<String> refusal) {
            this.address = address;
            this.refusal = refusal;
        }

        /**
         * Counts the connection as that user's.
         *
         * @return why the connection is one too many, naming the setting; nothing if it may go on
         */
        public Optional<String> enter(String userName) {
            synchronized (Admission.this) {
                if (refusal.isPresent() || closed) {
                    return refusal;
                }
                user = Optional.of(userName);
                return isOver(byUser.merge(userName, 1, Integer::sum), limits.connectionsPerUser())
                        ? Optional.of(
                                "this user has too many connections (" + Setting.CONNECTIONS_MAX_PER_USER.key() + ")")
                        : Optional.empty();
            }
        }

        /** The connection is gone. Idempotent. */
        @Override
        public void close() {
            synchronized (Admission.this) {
                if (closed) {
                    return;
                }
                closed = true;
                connections--;
                decrement(byAddress, address);
                user.ifPresent(name -> decrement(byUser, name));
            }
        }
    }
}
