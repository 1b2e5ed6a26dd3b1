package io.stompline.beans.handler;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.beans.handler.HandlerMethod.Trigger;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import io.stompline.session.port.ClientRequest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the handler methods of CDI beans and enterprise beans when the application is deployed; a wrong one stops the
 * deployment. Thread-safe after that.
 */
public class HandlerExtension implements Extension {
    private static final System.Logger LOG = System.getLogger(HandlerExtension.class.getName());

    /** A handler with the variables of the destination that it was found for. */
    record Match(HandlerMethod handler, Map<String, String> variables) {}

    /** A method that says that it is a handler, of one bean; beans may inherit it. */
    private record Declared(Bean<?> bean, Method method) {}

    private final List<Declared> declared = new ArrayList<>();
    private List<HandlerMethod> handlers = List.of();

    /** For every CDI bean, and every enterprise bean, whose event is a special case of this one. */
    <X> void collect(@Observes ProcessManagedBean<X> event) {
        collect(event.getBean(), event.getAnnotatedBeanClass().getMethods());
    }

    /** When all are known. */
    void check(@Observes AfterDeploymentValidation event) {
        List<HandlerMethod> found = new ArrayList<>();
        Map<String, HandlerMethod> byShape = new HashMap<>();
        for (Declared declaration : declared) {
            try {
                HandlerMethod handler = HandlerMethod.of(declaration.bean(), declaration.method());
                checkUnique(
                        byShape.put(handler.trigger() + handler.destination().shape(), handler), handler);
                found.add(handler);
            } catch (HandlerFault e) {
                event.addDeploymentProblem(new DeploymentException(e.getMessage()));
            }
        }
        found.sort(Comparator.comparing(HandlerMethod::destination, PathTemplate.PARTICULAR_FIRST));
        handlers = List.copyOf(found);
        if (!handlers.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Handlers of the application:"
                            + handlers.stream().map(handler -> "\n  " + handler).collect(Collectors.joining()));
        }
    }

    /** Who handles a request: the most particular destination that fits. */
    Optional<Match> find(Trigger trigger, String destination) {
        for (HandlerMethod handler : handlers) {
            Optional<Map<String, String>> variables =
                    handler.trigger() == trigger ? handler.destination().match(destination) : Optional.empty();
            if (variables.isPresent()) {
                return Optional.of(new Match(handler, variables.get()));
            }
        }
        return Optional.empty();
    }

    /** Who handles a request. */
    Optional<Match> find(Trigger trigger, ClientRequest request) {
        return find(trigger, request.destination().text());
    }

    /** The handler that answers a SUBSCRIBE; of a pattern, all that answer for a topic that the pattern means. */
    List<HandlerMethod> answering(Destination subscribed) {
        if (!subscribed.isPattern()) {
            return find(Trigger.SUBSCRIBE, subscribed.text()).map(Match::handler).stream()
                    .toList();
        }
        TopicPattern pattern = new TopicPattern(subscribed);
        return handlers.stream()
                .filter(handler -> handler.trigger() == Trigger.SUBSCRIBE
                        && handler.destination().overlaps(pattern))
                .toList();
    }

    /** What all handlers offer to clients. */
    public List<Operation> operations() {
        return handlers.stream().map(Operation::of).toList();
    }

    /** The handler methods of beans. */
    public Set<Method> heard() {
        return declared.stream().map(Declared::method).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a method is annotated as a handler. The compiler copies annotations to bridge methods. */
    public static boolean isHandler(Method method) {
        return !method.isBridge()
                && (method.isAnnotationPresent(OnSend.class) || method.isAnnotationPresent(OnSubscribe.class));
    }

    /** The roles that handlers name. */
    Set<String> roles() {
        return handlers.stream()
                .flatMap(handler -> handler.roles().roles().stream().flatMap(Set::stream))
                .collect(Collectors.toUnmodifiableSet());
    }

    private <X> void collect(Bean<X> bean, Iterable<AnnotatedMethod<? super X>> methods) {
        for (AnnotatedMethod<? super X> method : methods) {
            Method member = method.getJavaMember();
            if (isHandler(member) && !isOverridden(member, bean.getBeanClass())) {
                declared.add(new Declared(bean, member));
            }
        }
    }

    /** Weld lists overridden methods as well. */
    private static boolean isOverridden(Method method, Class<?> beanClass) {
        for (Class<?> type = beanClass;
                type != method.getDeclaringClass() && type != null;
                type = type.getSuperclass()) {
            for (Method other : type.getDeclaredMethods()) {
                if (other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void checkUnique(HandlerMethod other, HandlerMethod handler) {
        if (other != null) {
            throw new HandlerFault(handler.name() + " and " + other.name() + " both handle " + handler.destination());
        }
    }
}
