package io.stompline.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * How clients of the load generator get into a server.
 *
 * @param uri such as {@code ws://localhost:8080/stomp}
 * @param answersSubscribe whether it sends the RECEIPT that a SUBSCRIBE asks for
 */
record Endpoint(URI uri, String login, String passcode, boolean answersSubscribe) {
    InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }
}
