package io.stompline.session.subscription;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of durable subscriptions at the message broker: no two owners can make the same name. */
public final class DurableName {
    private DurableName() {}

    /** The owner of durable subscriptions: a user with the client id of the connection, which may be empty. */
    public static String owner(String user, String clientId) {
        return of(encoded(user), clientId);
    }

    /** The name of a subscription of that owner. */
    static String of(String owner, String name) {
        return owner + "/" + encoded(name);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
