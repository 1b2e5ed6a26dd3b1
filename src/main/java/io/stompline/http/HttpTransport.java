package io.stompline.http;

import io.stompline.gateway.StompGateway;
import io.stompline.gateway.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Where clients open sessions over plain HTTP. */
@ApplicationScoped
public class HttpTransport implements Transport {
    @Inject
    private StompGateway gateway;

    @Inject
    private HttpSettings settings;

    /** Where sessions are opened, below the context root. */
    static String path(StompGateway gateway) {
        return gateway.path() + "/http";
    }

    @Override
    public String name() {
        return "stomp-http";
    }

    @Override
    public String path() {
        return path(gateway);
    }

    @Override
    public String protocol(boolean secure) {
        return secure ? "https" : "http";
    }

    @Override
    public boolean isOffered() {
        return settings.offered();
    }
}
