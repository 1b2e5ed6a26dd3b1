package io.stompline.beans.handler;

import io.stompline.api.PublishException;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import io.stompline.beans.handler.HandlerExtension.Match;
import io.stompline.beans.handler.HandlerMethod.Trigger;
import io.stompline.beans.publishing.Payloads;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.Application;
import io.stompline.session.port.ApplicationRefusal;
import io.stompline.session.port.ClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.OptionalLong;

/** Hands requests to the handler methods of beans and what they return to whom it is for. Thread-safe. */
@ApplicationScoped
public class BeanApplication implements Application {
    private static final System.Logger LOG = System.getLogger(BeanApplication.class.getName());
    private static final String REPLIES = "/user/queue/replies";
    private static final String ERRORS = "/user/queue/errors";
    private static final String CORRELATION_ID = "correlation-id";

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

    @Override
    public void send(ClientRequest request) {
        Match match = handlers.find(Trigger.SEND, request)
                .orElseThrow(() -> new ApplicationRefusal("nothing here handles " + request.destination()));
        try {
            Object result = invoker.invoke(match.handler(), new HandlerCall(request, match.variables()));
            if (result != null) {
                answer(match, request, result);
            }
        } catch (Throwable problem) {
            explain(request, problem);
        }
    }

    @Override
    public boolean answersSubscribe(Destination destination) {
        return handlers.find(Trigger.SUBSCRIBE, destination.text()).isPresent();
    }

    @Override
    public Optional<FirstMessage> subscribe(ClientRequest request) {
        Match match = handlers.find(Trigger.SUBSCRIBE, request).orElseThrow();
        try {
            Object result = invoker.invoke(match.handler(), new HandlerCall(request, match.variables()));
            Object present = result instanceof Optional<?> optional ? optional.orElse(null) : result;
            return present == null ? Optional.empty() : Optional.of(snapshot(request, present));
        } catch (Throwable problem) {
            throw new ApplicationRefusal(problems.sentence(problem, request));
        }
    }

    private void answer(Match match, ClientRequest request, Object result) {
        if (match.handler().sendTo().isPresent()) {
            String target = match.handler().sendTo().get().fill(match.variables());
            publisher.publish(target, result, correlated(request));
        } else {
            reply(request, REPLIES, result);
        }
    }

    private void explain(ClientRequest request, Throwable problem) {
        try {
            reply(request, ERRORS, problems.reply(problem, request));
        } catch (RuntimeException mapper) {
            // It failed, or what it says cannot be written or is too large.
            mapper.addSuppressed(problem);
            explainPlainly(request, mapper);
        }
    }

    private void explainPlainly(ClientRequest request, RuntimeException problem) {
        try {
            reply(request, ERRORS, ProblemReplies.described(problem, request));
        } catch (PublishException e) {
            LOG.log(System.Logger.Level.WARNING, "a reply of " + request.destination() + " is lost", e);
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
