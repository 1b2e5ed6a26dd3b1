package io.stompline.websocket;

import io.stompline.bounds.OnceLog;
import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.HandshakePrincipal;
import io.stompline.gateway.StompGateway;
import io.stompline.security.proxy.RequestSource;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * The only way to the endpoint, at the path that is set ({@link EndpointPath}). Refuses handshakes before a WebSocket
 * opens: 426 to requests for none, 400 to malformed ones and to those for a foreign host, 403 to web pages of other
 * origins (RFC 6455, 10.2), 503 when too many are there or come at a time. The others go on with the address of the
 * client and the roles of its user, which the WebSocket API does not tell.
 */
@WebFilter(
        urlPatterns = {StompEndpoint.PATH, StompEndpoint.PATH + "/"},
        asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int RETRY_AFTER_SECONDS = 5;

    private static final String NO_UPGRADE = "a request for the endpoint does not ask for a WebSocket: if a proxy is on"
            + " the way, let it pass on the headers Upgrade and Connection in HTTP 1.1"
            + " (\"Behind a proxy\" in the guide); further ones are not logged for a minute";

    private static final String NO_UPGRADE_ANSWER =
            "Here is an endpoint of STOMP over WebSocket, and this request does not"
                    + " ask for a WebSocket. If a browser sent it, a proxy on the way has dropped the headers Upgrade and"
                    + " Connection, or speaks HTTP 1.0.";

    /** Begins the names of system properties, before a context root; read by the start class. */
    private static final String ENDPOINT = "io.stompline.endpoint:";

    private static final System.Logger LOG = System.getLogger(HandshakeFilter.class.getName());

    private final transient OnceLog log = new OnceLog(LOG, Duration.ofMinutes(1), System::nanoTime);

    @Inject
    private transient StompGateway gateway;

    @Inject
    private transient Instance<SecurityContext> security;

    /** Says, after each deployment, that it is over: filters start when the endpoint and all listeners have started. */
    @Override
    public void init() {
        if (!getFilterName().equals(EndpointPath.OTHER_PATH)) {
            String root = getServletContext().getContextPath();
            System.setProperty(ENDPOINT + root, gateway.path());
            LOG.log(Level.INFO, "The application at {0}/ is deployed, its endpoint is {0}{1}", root, gateway.path());
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        EndOfConnections timing = new EndOfConnections(gateway);
        ServerAdaptations.ofApplication().watchListener(request, timing);
        RequestSource source = gateway.proxies().source(request);
        Optional<TextAnswer> refusal = refusal(request, source);
        if (refusal.isPresent()) {
            refusal.get().send(request, response);
            return;
        }
        HttpServletRequest ofClient = new ForwardedRequest(request, source);
        HttpServletRequest adapted = ServerAdaptations.ofApplication().wrap(ofClient, timing);
        chain.doFilter(new RequestWithAddress(adapted, user(request, source)), response);
    }

    private Optional<HandshakePrincipal> user(HttpServletRequest request, RequestSource source) {
        Optional<SecurityContext> known = security.isResolvable() ? Optional.of(security.get()) : Optional.empty();
        boolean foreignPage = gateway.door().isForeignPage(origin(request), source);
        return HandshakePrincipal.of(request, known, gateway.roles(), foreignPage);
    }

    private static Optional<String> origin(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"));
    }

    private Optional<TextAnswer> refusal(HttpServletRequest request, RequestSource source) {
        if (!EndpointPath.spellings(gateway.path()).contains(request.getServletPath())) {
            return Optional.of(TextAnswer.notFound("there is no endpoint here"));
        }
        if (!OpeningHandshake.isAskedFor(request)) {
            log.log(Level.WARNING, NO_UPGRADE, NO_UPGRADE);
            return Optional.of(TextAnswer.upgradeRequired(NO_UPGRADE_ANSWER));
        }
        return OpeningHandshake.fault(request)
                .or(() -> gateway.door().refusal(origin(request), source).map(HandshakeFilter::answer));
    }

    private static TextAnswer answer(HandshakeDoor.Refusal refusal) {
        return switch (refusal.kind()) {
            case FOREIGN_HOST -> TextAnswer.badRequest(refusal.reason());
            case FORBIDDEN_ORIGIN -> TextAnswer.forbidden(refusal.reason());
            case BUSY -> TextAnswer.unavailable(RETRY_AFTER_SECONDS, refusal.reason());
        };
    }
}
