package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.outbox.Backlog;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.OverflowPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A live stream of which messages are dropped while the client reads slowly; it is told how many. */
final class DroppingSender implements LiveSender {
    private static final Duration TELLS_EVERY = Duration.ofSeconds(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final Subscription.Owner owner;
    private final Outbox outbox;
    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final OverflowPolicy.Dropping policy;
    private final Backlog backlog;

    /** Since the application was last told. */
    private final AtomicLong lost = new AtomicLong();

    private volatile long toldNanos = NEVER;

    DroppingSender(
            Subscription.Owner owner,
            Outbox outbox,
            SubscriptionTerms terms,
            MessageFrames frames,
            OverflowPolicy.Dropping policy) {
        this.owner = owner;
        this.outbox = outbox;
        this.terms = terms;
        this.frames = frames;
        this.policy = policy;
        this.backlog = new Backlog(policy, this::tellLost);
    }

    @Override
    public void send(Broadcast live, Headers marks) {
        String id = frames.nextId(live.message());
        Backlog.Offered offered = new Backlog.Offered(
                policy.key(live.message()),
                live.position().isPresent(),
                frames.frame(live, id, marks),
                missing -> frames.frame(live, id, withDropped(marks, missing)));
        if (outbox.offer(backlog, offered) == Offer.TAKEN) {
            owner.countMessage();
        }
    }

    private static Headers withDropped(Headers marks, String missing) {
        return new Headers.Builder()
                .addAll(marks)
                .add(HeaderNames.DROPPED, missing)
                .build();
    }

    @Override
    public void noteGap() {
        outbox.noteGap(backlog);
    }

    /** A message was dropped before it came here. */
    void noteDropped() {
        outbox.noteDropped(backlog);
    }

    /** At most once a second, for the client may lag and catch up all the time. */
    private void tellLost(long count) {
        lost.addAndGet(count);
        long now = outbox.lastSentNanos();
        if (toldNanos != NEVER && now - toldNanos < TELLS_EVERY.toNanos()) {
            return;
        }
        toldNanos = now;
        long all = lost.getAndSet(0);
        owner.slow("the subscription " + terms.label() + " has lost " + all + " messages (" + Setting.SLOW.key() + ")");
    }
}
