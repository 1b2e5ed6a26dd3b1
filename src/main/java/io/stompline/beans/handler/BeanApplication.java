package io.stompline.beans.handler;

import io.stompline.api.PublishException;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompProblem;
import io.stompline.api.StompPublisher;
import io.stompline.beans.handler.HandlerExtension.Match;
import io.stompline.beans.handler.HandlerMethod.Trigger;
import io.stompline.beans.publishing.LateFailures;
import io.stompline.beans.publishing.Payloads;
import io.stompline.bounds.OnceLog;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Caller;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.Application;
import io.stompline.session.port.ApplicationRefusal;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Calls the handler methods of beans and sends their results to the receiver. Thread-safe. */
@ApplicationScoped
public class BeanApplication implements Application {
    private static final System.Logger LOG = System.getLogger(BeanApplication.class.getName());
    private static final String REPLIES = "/user/queue/replies";
    private static final String ERRORS = "/user/queue/errors";
    private static final String CORRELATION_ID = "correlation-id";

    private final OnceLog unknown = new OnceLog(LOG);

    @Inject
    private HandlerExtension handlers;

    @Inject
    private HandlerInvoker invoker;

    @Inject
    private ProblemReplies problems;

    @Inject
    private StompPublisher publisher;

    @Inject
    private Payloads payloads;

    @Inject
    private LateFailures lateFailures;

    @Inject
    private RenewalChecks renewals;

    @Inject
    private Audit audit;

    @Override
    public Optional<String> send(ClientRequest request) {
        Optional<Match> match = handlers.find(Trigger.SEND, request);
        if (match.isEmpty()) {
            return Optional.of(explainUnknown(request));
        }
        try {
            Object result = invoke(match.get(), request);
            if (result != null) {
                answer(match.get(), request, result);
            }
            return Optional.empty();
        } catch (Throwable problem) {
            tellDenial(request, problem);
            return Optional.of(explain(request, problem));
        }
    }

    @Override
    public void tellDenied(ClientRequest request, String detail) {
        StompProblem problem = new StompProblem("not allowed", List.of(request.destination() + ": " + detail));
        telling(
                request,
                () -> publisher.publishToSession(request.session().id(), ERRORS, problem, correlated(request)));
    }

    @Override
    public Message problem(SessionView session, Headers headers, String problem, String detail) {
        Payloads.Written written = payloads.write(new StompProblem(problem, List.of(detail)));
        return Message.to(
                Audience.CARRIER,
                Audience.ofSession(session.id(), Destination.parse(ERRORS).orElseThrow()),
                new Headers.Builder()
                        .add("content-type", written.contentType())
                        .add(CORRELATION_ID, headers.first(CORRELATION_ID))
                        .build(),
                written.body());
    }

    @Override
    public boolean permitsRenewal(Caller before, Caller after) {
        return renewals.permit(before, after);
    }

    @Override
    public Set<String> roles() {
        return handlers.roles();
    }

    @Override
    public boolean admits(Caller caller, Destination subscribed) {
        return handlers.answering(subscribed).stream()
                .allMatch(handler -> handler.roles().admits(caller));
    }

    @Override
    public boolean answersSubscribe(Destination destination) {
        return handlers.find(Trigger.SUBSCRIBE, destination.text()).isPresent();
    }

    @Override
    public boolean answersSome(Destination pattern) {
        return !handlers.answering(pattern).isEmpty();
    }

    @Override
    public Optional<FirstMessage> subscribe(ClientRequest request) {
        Match match = handlers.find(Trigger.SUBSCRIBE, request).orElseThrow();
        try {
            Object result = invoker.invoke(match.handler(), new HandlerCall(request, match.variables()));
            return result == null ? Optional.empty() : Optional.of(snapshot(request, result));
        } catch (Throwable problem) {
            tellDenial(request, problem);
            throw new ApplicationRefusal(problems.sentence(problem, request));
        }
    }

    private void tellDenial(ClientRequest request, Throwable problem) {
        if (ProblemReplies.isDenial(problem)) {
            String reason = "this user may not call the handler of " + request.destination() + ", or what it calls";
            audit.refused(request.session().refused(Refused.What.HANDLER, reason));
        }
    }

    private Object invoke(Match match, ClientRequest request) throws Throwable {
        Object result;
        Optional<BusException> late;
        lateFailures.watch();
        try {
            result = invoker.invoke(match.handler(), new HandlerCall(request, match.variables()));
        } finally {
            late = lateFailures.unwatch();
        }
        if (late.isPresent()) {
            throw new PublishException("a message was not taken after the commit", late.get());
        }
        return result;
    }

    private void answer(Match match, ClientRequest request, Object result) {
        if (match.handler().sendTo().isPresent()) {
            String target = match.handler().sendTo().get().fill(match.variables());
            publisher.publish(target, result, correlated(request));
        } else {
            reply(request, REPLIES, result);
        }
    }

    /** Sends the problem to the sender, and returns it in a word. */
    private String explain(ClientRequest request, Throwable problem) {
        try {
            Object reply = problems.reply(problem, request);
            reply(request, ERRORS, reply);
            return ProblemReplies.word(reply);
        } catch (RuntimeException mapper) {
            // The mapper failed, or its reply cannot be written or is too large.
            mapper.addSuppressed(problem);
            return explainPlainly(request, mapper);
        }
    }

    private String explainPlainly(ClientRequest request, RuntimeException problem) {
        return tell(request, ProblemReplies.described(problem, request));
    }

    private String explainUnknown(ClientRequest request) {
        unknown.log(
                System.Logger.Level.INFO,
                request.destination(),
                "a client sent to " + request.destination()
                        + ", which no bean handles: the handlers are listed at the start; a class whose @OnSend is missing"
                        + " there is no bean yet and needs an annotation such as @ApplicationScoped or @Stateless");
        return tell(
                request,
                new StompProblem("unknown destination", List.of("nothing here handles " + request.destination())));
    }

    private String tell(ClientRequest request, StompProblem described) {
        telling(request, () -> reply(request, ERRORS, described));
        return ProblemReplies.word(described);
    }

    private static void telling(ClientRequest request, Runnable publishing) {
        try {
            publishing.run();
        } catch (PublishException e) {
            LOG.log(System.Logger.Level.WARNING, "a reply of " + request.destination() + " is lost", e);
            throw e.getCause() instanceof BusException cause ? cause : e;
        }
    }

    private void reply(ClientRequest request, String otherwise, Object payload) {
        Optional<String> replyTo = request.headers().first("reply-to");
        if (replyTo.isPresent()) {
            publisher.publish(replyTo.get(), payload, correlated(request));
        } else {
            publisher.publishToSession(request.session().id(), otherwise, payload, correlated(request));
        }
    }

    private static PublishOptions correlated(ClientRequest request) {
        return request.headers()
                .first(CORRELATION_ID)
                .map(id -> PublishOptions.header(CORRELATION_ID, id))
                .orElse(PublishOptions.NONE);
    }

    private FirstMessage snapshot(ClientRequest request, Object result) {
        boolean versioned = result instanceof io.stompline.api.Snapshot;
        Object payload = versioned ? ((io.stompline.api.Snapshot) result).payload() : result;
        OptionalLong version = versioned ? ((io.stompline.api.Snapshot) result).version() : OptionalLong.empty();
        Payloads.Written written = payloads.write(payload);
        Headers.Builder headers =
                new Headers.Builder().add("content-type", written.contentType()).add("snapshot", "true");
        version.ifPresent(number -> headers.add(FirstMessage.VERSION_HEADER, Long.toString(number)));
        return new FirstMessage(
                Message.to(request.destination(), Audience.EVERYBODY, headers.build(), written.body()), version);
    }
}
