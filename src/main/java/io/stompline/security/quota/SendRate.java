package io.stompline.security.quota;

import io.stompline.bounds.TokenBucket;
import java.util.function.LongSupplier;

/** How much one user may send in a second: so many SENDs, and so many octets of bodies. Thread-safe. */
public final class SendRate {
    private final TokenBucket sends;
    private final TokenBucket bytes;

    SendRate(int sendsPerSecond, int bytesPerSecond, LongSupplier nanoClock) {
        this.sends = new TokenBucket(sendsPerSecond, nanoClock);
        this.bytes = new TokenBucket(bytesPerSecond, nanoClock);
    }

    /** Takes the turn of one SEND if it has come. */
    public synchronized boolean tryTake(int bodyBytes) {
        // Nobody else takes tokens, and they do not grow fewer by themselves.
        return isOpen() && sends.tryTake() && bytes.tryTake(bodyBytes);
    }

    /** Whether another SEND may be carried out. */
    public boolean isOpen() {
        return sends.isOpen() && bytes.isOpen();
    }
}
