package io.stompline.beans.handler;

import io.stompline.api.PublishException;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import io.stompline.beans.publishing.PayloadFault;
import io.stompline.bounds.Printable;
import io.stompline.routing.BusException;
import io.stompline.session.port.ClientRequest;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the reply to a sender whose message could not be handled. Thread-safe. */
@ApplicationScoped
public class ProblemReplies {
    private static final System.Logger LOG = System.getLogger(ProblemReplies.class.getName());
    private static final int MAX_WORD_CHARS = 100;

    @Inject
    @Any
    private Instance<StompExceptionMapper<?>> mappers;

    /** The payload for the sender: the application's own, or else a {@link StompProblem} without internals. */
    Object reply(Throwable problem, ClientRequest request) {
        Throwable cause = unwrapped(problem);
        return mapped(cause).orElseGet(() -> described(cause, request));
    }

    /** The same as one sentence. */
    String sentence(Throwable problem, ClientRequest request) {
        StompProblem described = described(unwrapped(problem), request);
        return described.details().isEmpty()
                ? described.problem()
                : described.problem() + ": " + String.join("; ", described.details());
    }

    /** The exception of an enterprise bean, without the one that its container wraps around it. */
    private static Throwable unwrapped(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof jakarta.ejb.EJBException
                && !(cause instanceof EJBAccessException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The reply without a mapper of the application; logs the details that the sender does not get. */
    static StompProblem described(Throwable cause, ClientRequest request) {
        if (cause instanceof PayloadFault) {
            return new StompProblem("invalid payload", List.of(cause.getMessage()));
        }
        if (cause instanceof ConstraintViolationException violated) {
            return new StompProblem("invalid payload", details(violated));
        }
        if (isDenial(cause)) {
            return new StompProblem("not allowed", List.of());
        }
        if (cause instanceof PublishException && cause.getCause() instanceof BusException why) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the handler of {0} failed for session {1}: {2}",
                    request.destination(),
                    request.session().id(),
                    cause.getMessage());
            return new StompProblem("not published", List.of(why.getMessage()));
        }
        if (cause instanceof HandlerTimeout) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the handler of {0} was given up for session {1}: {2}",
                    request.destination(),
                    request.session().id(),
                    cause.getMessage());
            return new StompProblem("timed out", List.of());
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the handler of " + request.destination() + " failed for session "
                        + request.session().id(),
                cause);
        return new StompProblem("internal error", List.of());
    }

    private static List<String> details(ConstraintViolationException violated) {
        Stream<String> broken = violated.getConstraintViolations().stream()
                .map(violation -> leaf(violation.getPropertyPath().toString()) + " " + violation.getMessage())
                .sorted();
        Stream<String> passedOver = violated instanceof UnmetConstraints unmet
                ? unmet.passedOver().stream().map(Printable::of)
                : Stream.empty();
        return Stream.concat(broken, passedOver).toList();
    }

    /** Whether the caller may not call the handler, or what that called. */
    static boolean isDenial(Throwable problem) {
        Throwable cause = unwrapped(problem);
        return cause instanceof NotAllowedException
                || cause instanceof EJBAccessException
                || cause instanceof SecurityException;
    }

    /** The problem of a reply, in one line for a header; an application may have reply types of its own. */
    static String word(Object reply) {
        String problem = reply instanceof StompProblem described ? described.problem() : "refused";
        return problem.replaceAll("\\p{C}", " ").substring(0, Math.min(problem.length(), MAX_WORD_CHARS));
    }

    /** The path begins with the method and the parameter, which are ours. */
    private static String leaf(String path) {
        String[] steps = path.split("\\.", 3);
        return steps[steps.length - 1];
    }

    private Optional<Object> mapped(Throwable cause) {
        for (Class<?> type = cause.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Instance.Handle<StompExceptionMapper<?>> handle : mappers.handles()) {
                if (mapsType(handle.getBean().getTypes(), type)) {
                    return Optional.ofNullable(apply(handle, cause));
                }
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // its type was looked at
    private static Object apply(Instance.Handle<StompExceptionMapper<?>> mapper, Throwable cause) {
        try {
            return ((StompExceptionMapper<Throwable>) mapper.get()).toReply(cause);
        } finally {
            if (mapper.getBean().getScope() == Dependent.class) {
                mapper.destroy();
            }
        }
    }

    /**
     * Whether a mapper is for that exception.
     *
     * @param mapper all types of the bean: a mapper may be inherited, or made by a producer
     */
    static boolean mapsType(Set<Type> mapper, Class<?> exception) {
        return mapper.stream()
                .anyMatch(implemented -> implemented instanceof ParameterizedType type
                        && type.getRawType() == StompExceptionMapper.class
                        && type.getActualTypeArguments()[0].equals(exception));
    }
}
