package io.stompline.beans.handler;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.SendTo;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A method of a bean that handles requests, its declaration checked.
 *
 * @param trigger of frame that it handles
 * @param destination template of the destinations that it handles
 * @param bean the bean that has the method
 * @param arguments one for each parameter
 * @param sendTo where the returned value goes, if not to the sender
 * @param roles those of which the caller needs one
 */
record HandlerMethod(
        Trigger trigger,
        PathTemplate destination,
        Bean<?> bean,
        Method method,
        List<Argument> arguments,
        Optional<PathTemplate> sendTo,
        RoleRule roles) {

    /** Kinds of frames that beans handle. */
    enum Trigger {
        SEND("/app/"),
        SUBSCRIBE("/topic/", "/user/", "/app/");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> prefixes;

        Trigger(String... prefixes) {
            this.prefixes = List.of(prefixes);
        }
    }

    /**
     * Reads the declaration.
     *
     * @throws HandlerFault if it cannot work, naming the method
     */
    static HandlerMethod of(Bean<?> bean, Method method) {
        try {
            return read(bean, method);
        } catch (HandlerFault e) {
            throw new HandlerFault(name(method) + " " + e.getMessage());
        }
    }

    /** For people. */
    String name() {
        return name(method);
    }

    /** For the log. */
    @Override
    public String toString() {
        return (trigger == Trigger.SEND ? "@OnSend " : "@OnSubscribe ") + destination + "  " + name();
    }

    private static HandlerMethod read(Bean<?> bean, Method method) {
        checkCallable(bean, method);
        OnSend send = method.getAnnotation(OnSend.class);
        OnSubscribe subscribe = method.getAnnotation(OnSubscribe.class);
        if (send != null && subscribe != null) {
            throw new HandlerFault("is both @OnSend and @OnSubscribe; make it two methods");
        }
        Trigger trigger = send != null ? Trigger.SEND : Trigger.SUBSCRIBE;
        String text = send != null ? send.value() : subscribe.value();
        if (trigger.prefixes.stream().noneMatch(text::startsWith)) {
            throw new HandlerFault(
                    "has a destination " + text + " that does not begin with " + String.join(" or ", trigger.prefixes));
        }
        PathTemplate destination = new PathTemplate(text);
        return new HandlerMethod(
                trigger,
                destination,
                bean,
                method,
                arguments(trigger, method, destination),
                sendTo(trigger, method, destination),
                RoleRule.of(method));
    }

    private static void checkCallable(Bean<?> bean, Method method) {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new HandlerFault("must be neither private nor static");
        }
        if (!bean.getTypes().contains(bean.getBeanClass())) {
            throw new HandlerFault("belongs to an enterprise bean without a no-interface view; add @LocalBean");
        }
    }

    private static List<Argument> arguments(Trigger trigger, Method method, PathTemplate destination) {
        long payloads = Arrays.stream(method.getParameters())
                .filter(Argument::isPayload)
                .count();
        if (payloads > 1) {
            throw new HandlerFault("has more than one parameter without @Variable or @Header; one can be the payload");
        }
        if (payloads > 0 && trigger == Trigger.SUBSCRIBE) {
            throw new HandlerFault("has a parameter for a payload, which a SUBSCRIBE does not have");
        }
        return Arrays.stream(method.getParameters())
                .map((Parameter parameter) -> Argument.of(parameter, destination.variables()))
                .toList();
    }

    private static Optional<PathTemplate> sendTo(Trigger trigger, Method method, PathTemplate destination) {
        SendTo annotation = method.getAnnotation(SendTo.class);
        if (annotation == null) {
            return Optional.empty();
        }
        PathTemplate target = new PathTemplate(annotation.value());
        boolean usable =
                annotation.value().startsWith("/topic/") || annotation.value().startsWith("/queue/");
        if (trigger == Trigger.SUBSCRIBE || !usable) {
            throw new HandlerFault("has @SendTo, which is for @OnSend methods and a /topic/… or /queue/…");
        }
        if (!destination.variables().containsAll(target.variables())) {
            throw new HandlerFault("has variables in @SendTo that its destination does not have");
        }
        return Optional.of(target);
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
