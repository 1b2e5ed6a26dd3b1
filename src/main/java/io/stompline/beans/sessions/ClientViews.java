package io.stompline.beans.sessions;

import io.stompline.api.StompCaller;
import io.stompline.api.StompClient;
import io.stompline.security.Caller;
import io.stompline.session.port.SessionView;
import io.stompline.session.subscription.SubscriptionView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Shows sessions of this node to the application. Thread-safe. */
@ApplicationScoped
public class ClientViews {
    private final String node = UUID.randomUUID().toString();

    /** The name of this node among the nodes, a new one at every start. */
    String node() {
        return node;
    }

    public StompClient of(SessionView session) {
        return new StompClient(
                session.id(),
                session.caller().name(),
                session.caller().groups(),
                session.remoteAddress(),
                session.connectedSince(),
                session.subscriptions().stream().map(ClientViews::of).toList(),
                session.framesReceived(),
                session.messagesSent(),
                node);
    }

    /** The user of a connection, as checks and events see it. */
    public static StompCaller of(Caller caller) {
        return new StompCaller(caller.name(), caller.groups(), caller.claims());
    }

    static StompClient.Subscription of(SubscriptionView subscription) {
        return new StompClient.Subscription(
                subscription.id().orElse(""), subscription.destination().text(), subscription.since());
    }
}
