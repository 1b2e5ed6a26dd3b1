package io.stompline.beans.unheard;

import io.stompline.api.SendTo;
import io.stompline.beans.handler.HandlerExtension;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says which methods have {@link SendTo} without being handlers: what they return goes nowhere. */
final class LoneSendTo {
    private LoneSendTo() {}

    /**
     * One sentence for each such method.
     *
     * @param found classes and interfaces, as the container found them
     */
    static List<String> sentences(Collection<Class<?>> found) {
        return found.stream()
                .filter(type -> !NoBean.isMeant(type))
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(LoneSendTo::methods)
                .map(LoneSendTo::sentence)
                .toList();
    }

    /** None of a class that cannot be read: that is no bean, and its handlers are named already. */
    private static Stream<Method> methods(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(SendTo.class)
                            && !method.isBridge()
                            && !HandlerExtension.isHandler(method))
                    .sorted(Comparator.comparing(Method::getName));
        } catch (LinkageError e) {
            return Stream.empty();
        }
    }

    private static String sentence(Method method) {
        return method.getName() + "() of " + method.getDeclaringClass().getName()
                + " has @SendTo without @OnSend, so that nothing goes to "
                + method.getAnnotation(SendTo.class).value()
                + ": add @OnSend with the destination to which browsers send, or publish with a StompPublisher";
    }
}
