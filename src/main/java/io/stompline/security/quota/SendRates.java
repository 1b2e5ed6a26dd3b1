package io.stompline.security.quota;

import io.stompline.bounds.RecentMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How much each user may send in a second, over all connections to this node. Thread-safe. */
public final class SendRates {
    private final int sendsPerSecond;
    private final int bytesPerSecond;
    private final LongSupplier nanoClock;
    private final Map<String, SendRate> byUser = new RecentMap<>(Quotas.REMEMBERED_USERS);

    SendRates(int sendsPerSecond, int bytesPerSecond, LongSupplier nanoClock) {
        this.sendsPerSecond = sendsPerSecond;
        this.bytesPerSecond = bytesPerSecond;
        this.nanoClock = nanoClock;
    }

    /** The rate of a user, one for all connections of it. */
    public synchronized SendRate of(String user) {
        return byUser.computeIfAbsent(user, name -> new SendRate(sendsPerSecond, bytesPerSecond, nanoClock));
    }
}
