package io.stompline.websocket;

import io.stompline.gateway.StompGateway;
import io.stompline.gateway.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Where clients find the endpoint. */
@ApplicationScoped
public class WebSocketTransport implements Transport {
    @Inject
    private StompGateway gateway;

    @Override
    public String name() {
        return "stomp";
    }

    @Override
    public String path() {
        return gateway.path();
    }

    @Override
    public String protocol(boolean secure) {
        return secure ? "wss" : "ws";
    }

    @Override
    public boolean isOffered() {
        return true;
    }
}
