package io.stompline.http;

import io.stompline.bounds.OnceLog;
import io.stompline.cluster.NodeChannel;
import io.stompline.frame.Body;
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
    private transient OtherNodes others;

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
        SessionPath.Deed deed = RequestRules.isDelete(request)
                ? SessionPath.Deed.CLOSE
                : path.get().deed();
        Optional<HttpConnection> known = connections.find(path.get().session());
        return known.isPresent()
                ? carryOut(known.get(), deed, request, response)
                        .map(answer -> told(answer, path.get(), source, user(request)))
                : relay(path.get(), deed, request, response, source);
    }

    private Optional<Answer> carryOut(
            HttpConnection connection,
            SessionPath.Deed deed,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<Answer> refusal =
                connection.refusal(secret(request), user(request)).map(Answer::forbidden);
        if (refusal.isPresent()) {
            return refusal;
        }
        return switch (deed) {
            case UP -> send(connection, request, response);
            case POLL -> poll(connection, request, response);
            case CLOSE -> {
                connection.session().leave();
                yield Optional.of(Answer.done());
            }
        };
    }

    private static Optional<String> secret(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(Secret.HEADER));
    }

    private static Optional<String> user(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
    }

    /** Of a session that is not here. */
    private Optional<Answer> relay(
            SessionPath path,
            SessionPath.Deed deed,
            HttpServletRequest request,
            HttpServletResponse response,
            RequestSource source) {
        Optional<Answer> refusal = others.refusal(path.node()).map(deed::withoutSession);
        if (refusal.isPresent()) {
            return refusal;
        }
        Optional<Long> number = number(request, deed);
        if (number.isEmpty()) {
            return Optional.of(wrongNumber(deed));
        }
        Optional<Answer> tooLarge = tooLarge(request, settings.maxBodyBytes());
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        Optional<String> secret = secret(request);
        Optional<String> user = user(request);
        Exchange exchange = start(request, response, settings.bodyTimeout());
        exchange.onLate(read(request, settings.maxBodyBytes(), exchange, () -> {}, octets -> {
            RelayedRequest relayed =
                    new RelayedRequest(path.session(), deed, number.get(), secret, user, body(deed, octets));
            others.ask(path.node(), relayed, answer -> exchange.answer(told(answer, path, source, user)));
        }));
        return Optional.empty();
    }

    /** That answer, of which the audit hears if the request was not of the session's own client. */
    private Answer told(Answer answer, SessionPath path, RequestSource source, Optional<String> user) {
        if (answer.isForbidden()) {
            gateway.door().tellStranger(path.session(), source.address(), user, answer.text());
        }
        return answer;
    }

    private static Body body(SessionPath.Deed deed, ByteBuffer octets) {
        if (deed != SessionPath.Deed.UP) {
            return Body.empty();
        }
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        return Body.of(copy);
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
        Opening opening = new Opening(gateway, connections, nodes.name(), source.address(), principal(request, source));
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

    private Optional<HandshakePrincipal> principal(HttpServletRequest request, RequestSource source) {
        Optional<SecurityContext> known = security.isResolvable() ? Optional.of(security.get()) : Optional.empty();
        boolean foreignPage = gateway.door().isForeignPage(RequestRules.origin(request), source);
        return HandshakePrincipal.of(request, known, gateway.roles(), foreignPage);
    }

    private Optional<Answer> send(HttpConnection connection, HttpServletRequest request, HttpServletResponse response) {
        Optional<Long> number = number(request, SessionPath.Deed.UP);
        if (number.isEmpty()) {
            return Optional.of(wrongNumber(SessionPath.Deed.UP));
        }
        int maxBytes = settings.maxBytes(connection.session().isConnected());
        Optional<Answer> refusal = tooLarge(request, maxBytes);
        if (refusal.isPresent()) {
            return refusal;
        }
        // An answer at once costs less, and leaves its socket open for the next request.
        Optional<ByteBuffer> whole = BodyReader.whole(request);
        if (whole.isPresent()) {
            return connection.beginSend().or(() -> Optional.of(send(connection, number.get(), whole.get())));
        }
        Exchange exchange = start(request, response, settings.bodyTimeout());
        // Last: what fails before must not leave the session waiting for the end of this request.
        Optional<Answer> busy = connection.beginSend();
        if (busy.isPresent()) {
            exchange.answer(busy.get());
            return Optional.empty();
        }
        exchange.onLate(read(
                request,
                maxBytes,
                exchange,
                connection::endSend,
                octets -> exchange.answer(send(connection, number.get(), octets))));
        return Optional.empty();
    }

    private static Answer send(HttpConnection connection, long number, ByteBuffer octets) {
        try {
            return connection.send(number, octets);
        } finally {
            connection.endSend();
        }
    }

    private Optional<Answer> poll(HttpConnection connection, HttpServletRequest request, HttpServletResponse response) {
        Optional<Long> acknowledged = number(request, SessionPath.Deed.POLL);
        if (acknowledged.isEmpty()) {
            return Optional.of(wrongNumber(SessionPath.Deed.POLL));
        }
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
        exchange.onBroken(() -> connection.broken(poll));
        connection.poll(acknowledged.get(), poll).ifPresent(exchange::answer);
        return Optional.empty();
    }

    private Exchange start(HttpServletRequest request, HttpServletResponse response, Duration limit) {
        ServerAdaptations.AnswerSocket socket =
                ServerAdaptations.ofApplication().longAnswer(request);
        return Exchange.start(request, response, limit, socket, gateway::later);
    }

    private static Optional<Answer> tooLarge(HttpServletRequest request, int maxBytes) {
        return request.getContentLengthLong() > maxBytes ? Optional.of(Answer.tooLarge(maxBytes)) : Optional.empty();
    }

    /**
     * Reads the body.
     *
     * @param failed run if it does not come or is too large
     * @param whole called with all of it
     * @return to be run when the time for it is over
     */
    private Runnable read(
            HttpServletRequest request, int maxBytes, Exchange exchange, Runnable failed, Consumer<ByteBuffer> whole) {
        return BodyReader.read(request, maxBytes, gateway::later, new BodyReader.Reader() {
            @Override
            public void read(ByteBuffer body) {
                whole.accept(body);
            }

            @Override
            public void tooLarge() {
                failed.run();
                exchange.answer(Answer.tooLarge(maxBytes));
            }

            @Override
            public void broken() {
                failed.run();
                exchange.answer(Answer.bodyTimeout());
            }
        });
    }

    /** What the query has to have; 0 where it has to have nothing. */
    private static Optional<Long> number(HttpServletRequest request, SessionPath.Deed deed) {
        return switch (deed) {
            case UP -> number(request, "n").filter(given -> given > 0);
            case POLL -> number(request, "ack");
            case CLOSE -> Optional.of(0L);
        };
    }

    private static Answer wrongNumber(SessionPath.Deed deed) {
        return Answer.badRequest(
                deed == SessionPath.Deed.UP
                        ? "the query must be n=, with a number from 1 on"
                        : "the query must be ack=, with a number from 0 on");
    }

    private static Optional<Long> number(HttpServletRequest request, String name) {
        Matcher query =
                NUMBER.matcher(Optional.ofNullable(request.getQueryString()).orElse(""));
        return query.matches() && query.group(1).equals(name)
                ? Optional.of(Long.parseLong(query.group(2)))
                : Optional.empty();
    }
}
