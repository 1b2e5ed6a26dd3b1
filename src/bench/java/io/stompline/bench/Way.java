package io.stompline.bench;

/** How octets of STOMP travel between the load generator and a server. */
enum Way {
    WEBSOCKET,
    /** Over plain HTTP: one long answer brings messages, a request each takes what is sent. */
    STREAM,
    /** Over plain HTTP: answers to polls bring messages, a request each takes what is sent. */
    POLLS;

    boolean isHttp() {
        return this != WEBSOCKET;
    }

    /** How many sockets a client has open at the most. */
    int sockets() {
        return isHttp() ? 2 : 1;
    }

    /**
     * A connection that is still to be opened.
     *
     * @param compressed whether a WebSocket offers to take compressed messages
     */
    LoadWay connection(LoadLoop loop, Endpoint server, LoadWay.Receiver receiver, boolean compressed) {
        return isHttp()
                ? new LoadHttp(loop, server, this == POLLS, receiver)
                : new LoadWebSocket(loop, server, receiver, compressed);
    }
}
