package io.stompline.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * How clients of the load generator get into a server.
 *
 * @param uri such as {@code ws://localhost:8080/stomp}
 * @param answersSubscribe whether it sends the RECEIPT that a SUBSCRIBE asks for
 */
record Endpoint(URI uri, String login, String passcode, boolean answersSubscribe, HeartBeats heartBeats, Way way) {
    /** By WebSocket, without heart-beats. */
    Endpoint(URI uri, String login, String passcode, boolean answersSubscribe) {
        this(uri, login, passcode, answersSubscribe, HeartBeats.NONE, Way.WEBSOCKET);
    }

    Endpoint with(HeartBeats newHeartBeats) {
        return new Endpoint(uri, login, passcode, answersSubscribe, newHeartBeats, way);
    }

    Endpoint by(Way newWay) {
        return new Endpoint(uri, login, passcode, answersSubscribe, heartBeats, newWay);
    }

    /** The same for a user whose passcode is the name. */
    Endpoint as(String user) {
        return new Endpoint(uri, user, user, answersSubscribe, heartBeats, way);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }
}
