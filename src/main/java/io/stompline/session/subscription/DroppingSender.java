package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.outbox.Backlog;
import io.stompline.session.outbox.Offer;
import io.stompline.session.protocol.OverflowPolicy;

/** A live stream of which messages are dropped while the client reads slowly; it is told how many. */
final class DroppingSender implements LiveSender {
    private final Subscription.Owner owner;
    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final OverflowPolicy.Dropping policy;
    private final Backlog backlog;

    DroppingSender(
            Subscription.Owner owner, SubscriptionTerms terms, MessageFrames frames, OverflowPolicy.Dropping policy) {
        this.owner = owner;
        this.terms = terms;
        this.frames = frames;
        this.policy = policy;
        this.backlog = new Backlog(policy, this::tellLost);
    }

    @Override
    public void send(Broadcast live) {
        String id = frames.nextId(live.message());
        Backlog.Offered offered = new Backlog.Offered(
                policy.key(live.message()),
                frames.frame(live, id),
                missing -> frames.frame(live, id, Headers.of(HeaderNames.DROPPED, missing)));
        if (owner.outbox().offer(backlog, offered) == Offer.TAKEN) {
            owner.countMessage();
        }
    }

    @Override
    public void noteGap() {
        owner.outbox().noteGap(backlog);
    }

    private void tellLost(long count) {
        owner.slow(
                "the subscription " + terms.label() + " has lost " + count + " messages (" + Setting.SLOW.key() + ")");
    }
}
