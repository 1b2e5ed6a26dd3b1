package io.stompline.session;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Caller;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.Application;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What beans would do: handles {@code /app/…}, has its messages refused in {@code /app/not-taken}, a problem in {@code
 * /app/problem}, has no room for the refusal of {@code …/not-taken}, and answers subscriptions that a test
 * names.
 */
final class FakeApplication implements Application {
    private final List<String> handled = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final Map<Destination, Function<ClientRequest, Optional<FirstMessage>>> answers = new HashMap<>();

    private BiPredicate<Caller, Destination> admitted = (caller, subscribed) -> true;
    private BiPredicate<Caller, Caller> renewals = (before, after) -> true;

    /** Answers subscriptions to a destination. */
    void answer(String destination, Function<ClientRequest, Optional<FirstMessage>> answer) {
        answers.put(Destination.parse(destination).orElseThrow(), answer);
    }

    /** Destination, caller and body of what was sent here. */
    List<String> handled() {
        return handled;
    }

    @Override
    public Optional<String> send(ClientRequest request) {
        handled.add(request.destination() + " " + request.session().caller().name() + " "
                + request.body().text().orElseThrow());
        if (request.destination().name().equals("not-taken")) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "not taken");
        }
        return request.destination().name().equals("problem") ? Optional.of("as intended") : Optional.empty();
    }

    /** What clients were told of what is not allowed. */
    List<String> details() {
        return details;
    }

    @Override
    public void tellDenied(ClientRequest request, String detail) {
        handled.add("denied " + request.destination());
        details.add(detail);
        if (request.destination().name().endsWith("/not-taken")) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "not taken");
        }
    }

    @Override
    public Message problem(SessionView session, Headers headers, String problem, String detail) {
        return Message.to(
                Audience.CARRIER,
                Audience.ofSession(
                        session.id(), Destination.parse("/user/queue/errors").orElseThrow()),
                new Headers.Builder()
                        .add("correlation-id", headers.first("correlation-id"))
                        .build(),
                Body.utf8(problem + ", " + detail));
    }

    /** From now on renewals are refused unless both callers fit. */
    void permitRenewals(BiPredicate<Caller, Caller> check) {
        renewals = check;
    }

    @Override
    public boolean permitsRenewal(Caller before, Caller after) {
        return renewals.test(before, after);
    }

    @Override
    public Set<String> roles() {
        return Set.of();
    }

    /** From now on beans ask for roles. */
    void admitOnly(BiPredicate<Caller, Destination> roles) {
        admitted = roles;
    }

    @Override
    public boolean admits(Caller caller, Destination subscribed) {
        return admitted.test(caller, subscribed);
    }

    @Override
    public boolean answersSubscribe(Destination destination) {
        return answers.containsKey(destination);
    }

    @Override
    public boolean answersSome(Destination pattern) {
        throw new AssertionError("asked at the start alone");
    }

    @Override
    public Optional<FirstMessage> subscribe(ClientRequest request) {
        return answers.get(request.destination()).apply(request);
    }
}
