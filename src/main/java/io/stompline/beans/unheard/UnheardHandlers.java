package io.stompline.beans.unheard;

import io.stompline.beans.handler.HandlerExtension;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which handler methods nobody calls, and what to do. CDI passes over a class that is no bean without a word.
 *
 * @param beans the classes of all beans
 * @param heard the handler methods of beans
 */
record UnheardHandlers(Set<Class<?>> beans, Set<Method> heard) {
    /**
     * One sentence for each class with such methods.
     *
     * @param annotated classes and interfaces with handler methods, as the container found them
     */
    List<String> sentences(Collection<Class<?>> annotated) {
        return annotated.stream()
                .filter(type -> !NoBean.isMeant(type))
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> sentence(type).stream())
                .toList();
    }

    private Optional<String> sentence(Class<?> type) {
        try {
            List<String> unheard = Arrays.stream(type.getDeclaredMethods())
                    .filter(HandlerExtension::isHandler)
                    .filter(method -> !isHeard(method))
                    .map(Method::getName)
                    .sorted()
                    .toList();
            return unheard.isEmpty()
                    ? Optional.empty()
                    : Optional.of("nobody calls " + String.join("() and ", unheard) + "() of " + type.getName() + ": "
                            + NoBean.reason(type));
        } catch (LinkageError e) {
            return Optional.of(
                    "nobody calls the handlers of " + type.getName() + ", a class that cannot be read: " + e);
        }
    }

    /** A class that beans extend is heard, also if they override the method without the annotation. */
    private boolean isHeard(Method method) {
        Class<?> type = method.getDeclaringClass();
        return type.isInterface()
                ? heard.stream().anyMatch(other -> isImplementation(other, method))
                : beans.stream().anyMatch(type::isAssignableFrom);
    }

    private static boolean isImplementation(Method method, Method declared) {
        return declared.getDeclaringClass().isAssignableFrom(method.getDeclaringClass())
                && method.getName().equals(declared.getName())
                // Types may be those of a type parameter.
                && method.getParameterCount() == declared.getParameterCount();
    }
}
