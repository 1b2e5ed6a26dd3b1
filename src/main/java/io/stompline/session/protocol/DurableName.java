package io.stompline.session.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names durable subscriptions at the message broker, so that no two owners can make the same name. */
public final class DurableName {
    private DurableName() {}

    /**
     * Names the owner of durable subscriptions.
     *
     * @param user the user that logged in
     * @param clientId of the connection; may be empty
     */
    public static String owner(String user, String clientId) {
        return of(encoded(user), clientId);
    }

    /** Names a subscription of that owner; {@code name} is the client's. */
    public static String of(String owner, String name) {
        return owner + "/" + encoded(name);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
