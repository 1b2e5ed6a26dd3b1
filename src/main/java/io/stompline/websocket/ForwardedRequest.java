package io.stompline.websocket;

import io.stompline.security.proxy.RequestSource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A handshake with the client's address, where a proxy has told it. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private final String address;

    ForwardedRequest(HttpServletRequest request, RequestSource source) {
        super(request);
        this.address = source.address();
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }
}
