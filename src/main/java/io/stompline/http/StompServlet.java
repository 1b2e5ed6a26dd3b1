package io.stompline.http;

import io.stompline.bounds.OnceLog;
import io.stompline.cluster.NodeChannel;
import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.HandshakePrincipal;
import io.stompline.gateway.StompGateway;
import io.stompline.security.proxy.RequestSource;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * STOMP over plain HTTP, for clients whose way does not let through anything else: a request opens a session, others
 * bring its octets. Its path is set by {@link HttpPath}.
 */
public class StompServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(StompServlet.class.getName());
    private static final int RETRY_AFTER_SECONDS = 5;

    /** A number in a query, as long as one that fits a long. */
    private static final Pattern NUMBER = Pattern.compile("(?:^|.*&)(n|ack)=(\\d{1,15})(?:&.*|$)");

    private final transient OnceLog warnings = new OnceLog(LOG);

    @Inject
    private transient StompGateway gateway;

    @Inject
    private transient HttpSettings settings;

    @Inject
    private transient HttpConnections connections;

    @Inject
    private transient NodeChannel nodes;

    @Inject
    private transient Instance<SecurityContext> security;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isAsyncSupported()) {
            send(withoutAsync(), response);
            return;
        }
        RequestSource source = gateway.proxies().source(request);
        Optional<Answer> refusal = refusal(request, source);
        if (refusal.isPresent()) {
            send(refusal.get(), response);
            return;
        }
        RequestRules.showTo(request, response);
        Optional<Answer> atOnce = RequestRules.isPreflight(request)
                ? Optional.of(RequestRules.preflight())
                : RequestRules.typeFault(request).or(() -> carryOut(request, response, source));
        if (atOnce.isPresent()) {
            send(atOnce.get(), response);
        }
    }

    /** A filter of the application can forbid it to all that is behind it (Jakarta Servlet 6.0, 2.3.3.3). */
    private Answer withoutAsync() {
        String reason = "a filter on the way to this path has no <async-supported>true</async-supported>, so that"
                + " there is no STOMP over HTTP";
        warnings.log(System.Logger.Level.WARNING, "async", reason);
        return Answer.unsupported(reason);
    }

    private Optional<Answer> refusal(HttpServletRequest request, RequestSource source) {
        return RequestRules.fault(request)
                .or(() -> gateway.door()
                        .refusalOfPage(RequestRules.origin(request), source)
                        .map(StompServlet::answer));
    }

    private static Answer answer(HandshakeDoor.Refusal refusal) {
        return switch (refusal.kind()) {
            case FOREIGN_HOST -> Answer.badRequest(refusal.reason());
            case FORBIDDEN_ORIGIN -> Answer.forbidden(refusal.reason());
            case BUSY -> Answer.unavailable(RETRY_AFTER_SECONDS, refusal.reason());
        };
    }

    private static void send(Answer answer, HttpServletResponse response) throws IOException {
        response.getOutputStream().write(answer.begin(response));
    }

    /** Empty if the answer comes later. */
    private Optional<Answer> carryOut(HttpServletRequest request, HttpServletResponse response, RequestSource source) {
        if (RequestRules.isOpening(request)) {
            return open(request, response, source);
        }
        Optional<SessionPath> path = SessionPath.of(request.getPathInfo());
        if (path.isEmpty()) {
            return Optional.of(Answer.notFound("there is no session of that name"));
        }
        Optional<HttpConnection> known = connections.find(path.get().session());
        SessionPath.Deed deed = RequestRules.isDelete(request)
                ? SessionPath.Deed.CLOSE
                : path.get().deed();
        if (known.isEmpty()) {
            // A close may come after the server's own.
            return Optional.of(deed == SessionPath.Deed.CLOSE ? Answer.done() : Answer.gone());
        }
        Optional<String> user = Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
        Optional<String> secret = Optional.ofNullable(request.getHeader(Secret.HEADER));
        Optional<Answer> refusal = known.get().refusal(secret, user).map(Answer::forbidden);
        if (refusal.isPresent()) {
            return refusal;
        }
        return switch (deed) {
            case UP -> send(known.get(), request, response);
            case POLL -> poll(known.get(), request, response);
            case CLOSE -> {
                known.get().session().leave();
                yield Optional.of(Answer.done());
            }
        };
    }

    private Optional<Answer> open(HttpServletRequest request, HttpServletResponse response, RequestSource source) {
        Optional<Answer> refusal = gateway.door()
                .refusal(RequestRules.origin(request), source)
                .map(StompServlet::answer)
                .or(() -> tooLarge(request, settings.maxConnectBytes()));
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean polls = RequestRules.wantsPolls(request);
        if (polls && !connections.hasRoomForPolls(source.address())) {
            return Optional.of(Answer.unavailable(
                    RETRY_AFTER_SECONDS, "too many sessions that poll wait for their CONNECT; try again later"));
        }
        Opening opening = new Opening(gateway, connections, nodes.name(), source.address(), user(request, source));
        Exchange exchange = start(request, response, Duration.ZERO);
        Runnable late = read(request, settings.maxConnectBytes(), exchange, () -> {}, octets -> {
            if (polls) {
                opening.poll(exchange, octets);
            } else {
                opening.stream(exchange, octets);
            }
        });
        gateway.later(settings.connectTimeout(), late);
        return Optional.empty();
    }

    private Optional<HandshakePrincipal> user(HttpServletRequest request, RequestSource source) {
        Optional<SecurityContext> known = security.isResolvable() ? Optional.of(security.get()) : Optional.empty();
        boolean foreignPage = gateway.door().isForeignPage(RequestRules.origin(request), source);
        return HandshakePrincipal.of(request, known, gateway.roles(), foreignPage);
    }

    private Optional<Answer> send(HttpConnection connection, HttpServletRequest request, HttpServletResponse response) {
        int maxBytes = connection.session().isConnected() ? settings.maxBodyBytes() : settings.maxConnectBytes();
        Optional<Long> number = number(request, "n").filter(given -> given > 0);
        if (number.isEmpty()) {
            return Optional.of(Answer.badRequest("the query must be n=, with a number from 1 on"));
        }
        Optional<Answer> tooLarge = tooLarge(request, maxBytes);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        if (!connection.beginSend()) {
            return Optional.of(Answer.conflict("another request with octets of this session is under way"));
        }
        Exchange exchange = start(request, response, settings.bodyTimeout());
        exchange.onLate(read(request, maxBytes, exchange, connection::endSend, octets -> {
            Answer answer;
            try {
                answer = connection.send(number.get(), octets);
            } finally {
                connection.endSend();
            }
            exchange.answer(answer);
        }));
        return Optional.empty();
    }

    private Optional<Answer> poll(HttpConnection connection, HttpServletRequest request, HttpServletResponse response) {
        Optional<Long> acknowledged = number(request, "ack");
        if (acknowledged.isEmpty()) {
            return Optional.of(Answer.badRequest("the query must be ack=, with a number from 0 on"));
        }
        if (connection.polls().isEmpty()) {
            return Optional.of(Answer.conflict("this session has a stream, and no polls"));
        }
        PollWire wire = connection.polls().get();
        Exchange exchange = start(request, response, Duration.ZERO);
        PollWire.Poll poll = new PollWire.Poll() {
            @Override
            public void answer(byte[] events, Consumer<Boolean> taken) {
                if (exchange.claim()) {
                    exchange.answerEvents(events, taken);
                } else {
                    taken.accept(false);
                }
            }
        };
        exchange.onBroken(() -> wire.broken(poll));
        connection.session().heard();
        switch (wire.poll(acknowledged.get(), poll)) {
            case BUSY -> exchange.answer(Answer.conflict("another poll of this session waits"));
            case UNKNOWN_BATCH -> exchange.answer(Answer.conflict("there is no such batch"));
            case TAKEN -> {}
        }
        return Optional.empty();
    }

    private Exchange start(HttpServletRequest request, HttpServletResponse response, Duration limit) {
        ServerAdaptations.AnswerSocket socket =
                ServerAdaptations.ofApplication().longAnswer(request);
        return Exchange.start(request, response, limit, socket, gateway::later);
    }

    private static Optional<Answer> tooLarge(HttpServletRequest request, int maxBytes) {
        return request.getContentLengthLong() > maxBytes ? Optional.of(tooLarge(maxBytes)) : Optional.empty();
    }

    private static Answer tooLarge(int maxBytes) {
        return Answer.tooLarge("the body may have " + maxBytes + " octets");
    }

    /**
     * Reads the body.
     *
     * @param failed run if it does not come or is too large
     * @param whole called with all of it
     * @return to be run when the time for it is over
     */
    private static Runnable read(
            HttpServletRequest request, int maxBytes, Exchange exchange, Runnable failed, Consumer<ByteBuffer> whole) {
        return BodyReader.read(request, maxBytes, new BodyReader.Reader() {
            @Override
            public void read(ByteBuffer body) {
                whole.accept(body);
            }

            @Override
            public void tooLarge() {
                failed.run();
                exchange.answer(StompServlet.tooLarge(maxBytes));
            }

            @Override
            public void broken() {
                failed.run();
                exchange.answer(Answer.bodyTimeout());
            }
        });
    }

    private static Optional<Long> number(HttpServletRequest request, String name) {
        Matcher query =
                NUMBER.matcher(Optional.ofNullable(request.getQueryString()).orElse(""));
        return query.matches() && query.group(1).equals(name)
                ? Optional.of(Long.parseLong(query.group(2)))
                : Optional.empty();
    }
}
