package io.stompline.beans.unheard;

import io.stompline.beans.handler.HandlerExtension;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which handler methods nobody calls, and what to do. CDI passes over a class that is no bean without a word.
 *
 * @param beans the classes of all beans
 * @param heard the handler methods of beans
 */
record UnheardHandlers(Set<Class<?>> beans, Set<Method> heard) {
    private static final Set<Class<? extends Annotation>> MAKE_BEANS =
            Set.of(Dependent.class, Stateless.class, Stateful.class, Singleton.class);

    /**
     * One sentence for each class with such methods.
     *
     * @param annotated classes and interfaces with handler methods, as the container found them
     */
    List<String> sentences(Collection<Class<?>> annotated) {
        return annotated.stream()
                .filter(type -> !isMeant(type))
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> sentence(type).stream())
                .toList();
    }

    /** The application says itself that the class is none, or not in this deployment. */
    private static boolean isMeant(Class<?> type) {
        return type.isAnnotationPresent(Vetoed.class)
                || type.getPackage().isAnnotationPresent(Vetoed.class)
                || type.isAnnotationPresent(Alternative.class);
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
                            + reason(type));
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

    private static String reason(Class<?> type) {
        if (type.isInterface()) {
            return "the annotations of an interface are not inherited; put them on the methods of the bean's class";
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return "the class is abstract, and no bean extends it; a bean is a class that is not abstract, with an"
                    + " annotation such as @ApplicationScoped";
        }
        if (isInner(type)) {
            return "an inner class is no bean; make it static, or put it into a file of its own";
        }
        if (type.isAnnotationPresent(MessageDriven.class)) {
            return "only its own messages come to a message-driven bean; move them to a bean that has an annotation such"
                    + " as @ApplicationScoped or @Stateless";
        }
        return missing(type);
    }

    private static boolean isInner(Class<?> type) {
        return type.isLocalClass()
                || type.isAnonymousClass()
                || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()));
    }

    private static String missing(Class<?> type) {
        List<String> missing = new ArrayList<>();
        if (Stream.of(type.getAnnotations()).noneMatch(UnheardHandlers::makesABean)) {
            missing.add("it is no bean without an annotation such as @ApplicationScoped or @Stateless"
                    + (type.isAnnotationPresent(jakarta.inject.Singleton.class)
                            ? " (@jakarta.inject.Singleton alone does not make one, @jakarta.ejb.Singleton does)"
                            : ""));
        }
        if (Stream.of(type.getDeclaredConstructors()).noneMatch(UnheardHandlers::isForCdi)) {
            missing.add("CDI makes no bean without a constructor that has no parameters, or one with @Inject");
        }
        return missing.isEmpty()
                ? "CDI did not take it for a bean; look at bean-discovery-mode and exclude in the beans.xml of its archive"
                : missing.stream().collect(Collectors.joining("; and "));
    }

    /** The bean-defining annotations of CDI, and those of enterprise beans. */
    private static boolean makesABean(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return MAKE_BEANS.contains(type)
                || type.isAnnotationPresent(NormalScope.class)
                || type.isAnnotationPresent(Stereotype.class);
    }

    private static boolean isForCdi(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 || constructor.isAnnotationPresent(Inject.class);
    }
}
