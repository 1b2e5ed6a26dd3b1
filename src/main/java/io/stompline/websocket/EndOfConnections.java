package io.stompline.websocket;

import io.stompline.gateway.StompGateway;
import io.stompline.websocket.stream.LingeringClose;
import java.time.Duration;

/**
 * Waits for the end of connections on the threads of the node.
 *
 * @param gateway whose stop waits for those that linger
 */
record EndOfConnections(StompGateway gateway) implements LingeringClose.Timing {
    @Override
    public void later(Duration delay, Runnable task) {
        gateway.later(delay, task);
    }

    @Override
    public Runnable lingers() {
        return gateway.closing();
    }
}
