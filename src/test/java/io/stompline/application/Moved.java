package io.stompline.application;

import io.stompline.api.Header;
import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.StompClient;
import io.stompline.api.StompEvent;
import io.stompline.api.StompPublisher;
import io.stompline.api.Variable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What applications had at Spring or OmniFaces, as they have it here. */
@ApplicationScoped
public class Moved {
    @Inject
    private StompPublisher publisher;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** Spring's @Payload, @Header and @Headers. */
    @OnSend("/app/parts")
    public String parts(String payload, @Header("x") String x, Map<String, String> all) {
        return payload + " " + x + " " + all.get("y");
    }

    /** Spring's attributes of a session. */
    @OnSend("/app/count")
    public int count(StompClient by) {
        return counts.merge(by.sessionId(), 1, Integer::sum);
    }

    void forget(@Observes StompEvent.Disconnected event) {
        counts.remove(event.client().sessionId());
    }

    /** How many sessions have counted. */
    @OnSend("/app/counting")
    public int counting() {
        return counts.size();
    }

    /** Spring's @SendToUser. */
    @OnSend("/app/to-my-tabs")
    public void toTabs(String text, Principal by) {
        publisher.publishToUser(by.getName(), "/queue/x", text);
    }

    /** OmniFaces' view scope. */
    @OnSend("/app/to-this-tab")
    public void toTab(String text, StompClient by) {
        publisher.publishToSession(by.sessionId(), "/user/queue/news", text);
    }

    /** OmniFaces' send to several users. */
    @OnSend("/app/to-ann-and-bob")
    public void toUsers(String text) {
        for (String user : new String[] {"ann", "bob"}) {
            publisher.publishToUser(user, "/user/queue/news", text);
        }
    }

    /** Publishes and rolls back. */
    @OnSend("/app/fail")
    @Transactional
    public void fail(String text) {
        publisher.publish("/topic/transactions", text);
        throw new IllegalStateException("rolled back on purpose");
    }

    /** Publishes and commits. */
    @OnSend("/app/succeed")
    @Transactional
    public void succeed(String text) {
        publisher.publish("/topic/transactions", text);
    }

    /** What a page is to show before the first message. */
    @OnSubscribe("/topic/state/{name}")
    public String state(@Variable("name") String name) {
        return "state of " + name;
    }

    void welcome(@Observes StompEvent.Subscribed event) {
        if (event.subscription().destination().startsWith("/topic/welcome/")) {
            publisher.publish(event.subscription().destination(), "welcome");
        }
    }
}
