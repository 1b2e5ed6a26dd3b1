package io.stompline.application;

import io.stompline.api.StompEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what happens on connections. */
@ApplicationScoped
public class Watcher {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    void connected(@Observes StompEvent.Connected event) {
        seen.add("connected " + event.client().user());
    }

    void subscribed(@Observes StompEvent.Subscribed event) {
        seen.add("subscribed " + event.client().user() + " "
                + event.subscription().destination());
    }

    void unsubscribed(@Observes StompEvent.Unsubscribed event) {
        seen.add("unsubscribed " + event.client().user() + " "
                + event.subscription().destination());
    }

    void disconnected(@Observes StompEvent.Disconnected event) {
        seen.add("disconnected " + event.client().user() + ": " + event.cause());
    }

    void slow(@Observes StompEvent.SlowClient event) {
        seen.add("slow " + event.client().user());
    }

    void refused(@Observes StompEvent.Refused event) {
        seen.add("refused " + event.kind() + " " + event.user().orElse("nobody") + " at " + event.remoteAddress() + ": "
                + event.reason());
    }

    void renewed(@Observes StompEvent.Renewed event) {
        seen.add("renewed " + event.before().name() + " " + event.before().roles() + " to "
                + event.after().name() + " " + event.after().roles());
    }

    void renewalRefused(@Observes StompEvent.RenewalRefused event) {
        seen.add("renewal refused " + event.client().user() + " at "
                + event.client().remoteAddress() + ": " + event.reason());
    }

    void joined(@Observes StompEvent.Joined event) {
        seen.add("joined " + event.member().user() + " " + event.topic());
    }

    void left(@Observes StompEvent.Left event) {
        seen.add("left " + event.member().user() + " " + event.topic());
    }

    void expelled(@Observes StompEvent.Expelled event) {
        seen.add("expelled " + event.user().orElse(event.sessionId()) + " by "
                + event.by().orElse("nobody") + ", ended " + event.ended().size() + ": " + event.reason());
        seen.add("told of the end on " + Thread.currentThread().getName());
    }

    /** What was seen, oldest first. */
    public List<String> seen() {
        return seen;
    }
}
