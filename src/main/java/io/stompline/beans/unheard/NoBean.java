package io.stompline.beans.unheard;

import jakarta.decorator.Decorator;
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
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why CDI did not take a class for a bean. It passes over such a class without a word. */
final class NoBean {
    private static final Set<Class<? extends Annotation>> MAKE_BEANS =
            Set.of(Dependent.class, Stateless.class, Stateful.class, Singleton.class);

    private NoBean() {}

    /** Whether the application says itself that the class is none, or not in this deployment. */
    static boolean isMeant(Class<?> type) {
        return type.isAnnotationPresent(Vetoed.class)
                || type.getPackage().isAnnotationPresent(Vetoed.class)
                || type.isAnnotationPresent(Alternative.class)
                || type.isAnnotationPresent(Decorator.class);
    }

    /** Why a class is no bean, and what to do. */
    static String reason(Class<?> type) {
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
        if (Stream.of(type.getAnnotations()).noneMatch(NoBean::makesABean)) {
            missing.add("it is no bean without an annotation such as @ApplicationScoped or @Stateless"
                    + (type.isAnnotationPresent(jakarta.inject.Singleton.class)
                            ? " (@jakarta.inject.Singleton alone does not make one, @jakarta.ejb.Singleton does)"
                            : ""));
        }
        if (Stream.of(type.getDeclaredConstructors()).noneMatch(NoBean::isForCdi)) {
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
