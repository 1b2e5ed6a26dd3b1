package io.stompline.session.opening;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;

/** Messages for tests of subscriptions. */
public final class Messages {
    private static final Destination TOPIC = Destination.topic("t");

    private Messages() {}

    public static Message message(String body) {
        return message(body, "ID:" + body);
    }

    public static Message message(String body, String id) {
        return new Message(TOPIC, Headers.none(), Body.utf8(body), "", Audience.EVERYBODY, id);
    }

    public static Broadcast versioned(String body, String version) {
        Headers headers = Headers.of(FirstMessage.VERSION_HEADER, version);
        return new Broadcast(Message.of(TOPIC, headers, Body.utf8(body), ""));
    }
}
