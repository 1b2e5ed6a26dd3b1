package io.stompline.websocket;

import io.stompline.bounds.OnceLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A handshake as the endpoint sees it: at the path that it is annotated with, whatever path the client knows it by, and
 * with the client's address and the user's roles.
 *
 * <p>Carries the client's address from the servlet request to the WebSocket session, in a header, because headers are
 * all of a request that the WebSocket API shows. A header of that name from outside is replaced.
 */
final class RequestWithAddress extends HttpServletRequestWrapper {
    private static final String HEADER = "Stompline-Remote-Address";
    private static final String NO_COMPRESSION = "messages are not compressed: applications of this server do not see"
            + " Tyrus, which compression is a part of";

    private static final OnceLog LOG = new OnceLog(System.getLogger(RequestWithAddress.class.getName()));

    private final Optional<? extends Principal> user;

    /** @param user whom the endpoint sees as the user of the request */
    RequestWithAddress(HttpServletRequest request, Optional<? extends Principal> user) {
        super(request);
        this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
        return user.orElse(null);
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + StompEndpoint.PATH;
    }

    @Override
    public String getServletPath() {
        return StompEndpoint.PATH;
    }

    /** None: nobody reads it, and Tyrus (seen in 2.1.5) fails on one that is no URI. */
    @Override
    public String getQueryString() {
        return null;
    }

    /** The address, because the servlet container asks the name service for the name. Tyrus wants one or the other. */
    @Override
    public String getLocalName() {
        return getLocalAddr();
    }

    /** The client's address of a session whose handshake passed through {@link Configurator}. */
    static String of(Map<String, Object> userProperties) {
        return userProperties.getOrDefault(HEADER, "unknown").toString();
    }

    @Override
    public String getHeader(String name) {
        return replaced(name).orElseGet(() -> super.getHeader(name));
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return replaced(name)
                .map(value -> Collections.enumeration(List.of(value)))
                .orElseGet(() -> super.getHeaders(name));
    }

    /** Tyrus (seen in 2.1.5) does not understand an Upgrade that names other protocols too. */
    private Optional<String> replaced(String name) {
        if (name.equalsIgnoreCase("Upgrade")) {
            return Optional.of("websocket");
        }
        return name.equalsIgnoreCase(HEADER) ? Optional.of(getRemoteAddr()) : Optional.empty();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(HEADER::equalsIgnoreCase);
        names.add(HEADER);
        return Collections.enumeration(names);
    }

    /**
     * Puts the address among the session's properties (Jakarta WebSocket 2.1, "Modifying the Handshake"), and chooses
     * among the subprotocols and the extensions.
     */
    public static final class Configurator extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            List<String> addresses = request.getHeaders().getOrDefault(HEADER, List.of());
            addresses.stream()
                    .findFirst()
                    .ifPresent(address -> config.getUserProperties().put(HEADER, address));
        }

        /** The newest, wherever the client names it: some begin with the oldest, as {@code accept-version} does. */
        @Override
        public String getNegotiatedSubprotocol(List<String> newestFirst, List<String> offered) {
            return newestFirst.stream().filter(offered::contains).findFirst().orElse("");
        }

        /** Ours alone; none where applications do not see Tyrus, of which it is a part. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> offered) {
            try {
                return StompEndpoint.agreeOn(offered);
            } catch (LinkageError notTyrus) {
                LOG.log(System.Logger.Level.WARNING, NO_COMPRESSION, NO_COMPRESSION + " (" + notTyrus + ")");
                return List.of();
            }
        }

        /** Not by CDI, which would look through the class anew for each connection, one connection after the other. */
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new StompEndpoint());
        }
    }
}
