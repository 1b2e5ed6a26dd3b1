package io.stompline.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/**
 * How clients of the load generator get into a server.
 *
 * @param uri such as {@code ws://localhost:8080/stomp}
 * @param answersSubscribe whether it sends the RECEIPT that a SUBSCRIBE asks for
 * @param heartBeats what clients offer and want, zero for none
 */
record Endpoint(URI uri, String login, String passcode, boolean answersSubscribe, Duration heartBeats) {
    /** Without heart-beats. */
    Endpoint(URI uri, String login, String passcode, boolean answersSubscribe) {
        this(uri, login, passcode, answersSubscribe, Duration.ZERO);
    }

    Endpoint with(Duration newHeartBeats) {
        return new Endpoint(uri, login, passcode, answersSubscribe, newHeartBeats);
    }

    /** The same for a user whose passcode is the name. */
    Endpoint as(String user) {
        return new Endpoint(uri, user, user, answersSubscribe, heartBeats);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }
}
