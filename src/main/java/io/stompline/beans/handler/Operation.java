package io.stompline.beans.handler;

import io.stompline.api.Header;
import io.stompline.api.Variable;
import io.stompline.beans.handler.HandlerMethod.Trigger;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A handler method as clients see it, for descriptions of the application.
 *
 * @param name of the method, with its class
 * @param answersSubscribe whether it answers a SUBSCRIBE; otherwise it handles a SEND
 * @param destination template of the destinations
 * @param variables of the destination, by name
 * @param headers that it reads
 * @param payload that a SEND needs, if the method reads it
 * @param result that a client gets, if the method returns one
 * @param sendTo where the result goes, if not to the sender
 * @param roles of which the caller needs one; nothing if everybody may call
 */
public record Operation(
        String name,
        boolean answersSubscribe,
        String destination,
        Map<String, Type> variables,
        List<ReadHeader> headers,
        Optional<Type> payload,
        Optional<Type> result,
        Optional<String> sendTo,
        Optional<Set<String>> roles) {

    /**
     * A header that a method reads.
     *
     * @param isNeeded whether a SEND without it is refused
     */
    public record ReadHeader(String name, Type type, boolean isNeeded) {}

    static Operation of(HandlerMethod handler) {
        Parameter[] parameters = handler.method().getParameters();
        Map<String, Type> variables = new TreeMap<>();
        handler.destination().variables().forEach(name -> variables.put(name, String.class));
        Arrays.stream(parameters)
                .filter(parameter -> parameter.isAnnotationPresent(Variable.class))
                .forEach(parameter -> variables.put(
                        parameter.getAnnotation(Variable.class).value(), parameter.getParameterizedType()));
        return new Operation(
                handler.method().getDeclaringClass().getSimpleName() + "."
                        + handler.method().getName(),
                handler.trigger() == Trigger.SUBSCRIBE,
                handler.destination().toString(),
                variables,
                Arrays.stream(parameters)
                        .filter(parameter -> parameter.isAnnotationPresent(Header.class))
                        .map(Operation::header)
                        .toList(),
                Arrays.stream(parameters)
                        .filter(Argument::isPayload)
                        .map(Parameter::getParameterizedType)
                        .findFirst(),
                result(handler.method()),
                handler.sendTo().map(PathTemplate::toString),
                handler.roles().roles());
    }

    private static ReadHeader header(Parameter parameter) {
        boolean optional = parameter.getType() == Optional.class;
        return new ReadHeader(
                parameter.getAnnotation(Header.class).value(),
                optional ? content(parameter.getParameterizedType()) : parameter.getParameterizedType(),
                !optional);
    }

    /** As {@link Result} unwraps it. */
    private static Optional<Type> result(Method method) {
        Type type = method.getGenericReturnType();
        if (CompletionStage.class.isAssignableFrom(method.getReturnType())
                || Future.class.isAssignableFrom(method.getReturnType())) {
            type = content(type);
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == Optional.class) {
            type = content(type);
        }
        return type == void.class || type == Void.class ? Optional.empty() : Optional.of(type);
    }

    private static Type content(Type type) {
        return type instanceof ParameterizedType container ? container.getActualTypeArguments()[0] : Object.class;
    }
}
