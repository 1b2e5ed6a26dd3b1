package io.stompline.beans.handler;

import io.stompline.api.Header;
import io.stompline.api.StompClient;
import io.stompline.api.Variable;
import io.stompline.beans.publishing.Json;
import io.stompline.beans.publishing.PayloadFault;
import io.stompline.beans.publishing.UnknownProperties;
import io.stompline.beans.sessions.ClientViews;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the value of one parameter of a handler method comes from. */
@FunctionalInterface
interface Argument {
    /**
     * The parts that arguments are made with.
     *
     * @param unknown gets properties of the payload that its class does not have
     */
    record Sources(Json json, ClientViews clients, UnknownProperties unknown) {}

    /**
     * The value for a call.
     *
     * @throws PayloadFault if the client sent something that cannot be it
     */
    Object of(HandlerCall call, Sources sources);

    /** Whether a parameter is the payload: what no annotation and no type of ours says otherwise. */
    static boolean isPayload(Parameter parameter) {
        return !parameter.isAnnotationPresent(Variable.class)
                && !parameter.isAnnotationPresent(Header.class)
                && parameter.getType() != Principal.class
                && parameter.getType() != StompClient.class
                && !isHeaderMap(parameter.getParameterizedType());
    }

    /**
     * The argument for a parameter.
     *
     * @param variables of the destination
     * @throws HandlerFault if there is none
     */
    static Argument of(Parameter parameter, Set<String> variables) {
        if (parameter.isAnnotationPresent(Variable.class)) {
            return variable(parameter, variables);
        }
        if (parameter.isAnnotationPresent(Header.class)) {
            return header(parameter);
        }
        if (parameter.getType() == Principal.class) {
            return (call, sources) ->
                    (Principal) () -> call.request().session().caller().name();
        }
        if (parameter.getType() == StompClient.class) {
            return (call, sources) -> sources.clients().of(call.request().session());
        }
        return isPayload(parameter) ? payload(parameter.getParameterizedType()) : (call, sources) -> headers(call);
    }

    private static Argument variable(Parameter parameter, Set<String> variables) {
        String name = parameter.getAnnotation(Variable.class).value();
        if (!variables.contains(name)) {
            throw new HandlerFault("has a parameter for a variable {" + name + "} that its destination does not have");
        }
        Type type = parameter.getParameterizedType();
        return (call, sources) -> convert(call.variables().get(name), type, "the variable " + name, sources);
    }

    private static Argument header(Parameter parameter) {
        String name = parameter.getAnnotation(Header.class).value();
        String what = "the header " + name;
        Type type = parameter.getParameterizedType();
        if (parameter.getType() == Optional.class) {
            Type content =
                    type instanceof ParameterizedType optional ? optional.getActualTypeArguments()[0] : String.class;
            return (call, sources) ->
                    call.request().headers().first(name).map(text -> convert(text, content, what, sources));
        }
        return (call, sources) -> convert(
                call.request().headers().first(name).orElseThrow(() -> new PayloadFault(what + " is needed here")),
                type,
                what,
                sources);
    }

    private static Object convert(String text, Type type, String what, Sources sources) {
        return type == String.class ? text : sources.json().convert(text, type, what);
    }

    private static Argument payload(Type type) {
        if (type == String.class) {
            return (call, sources) ->
                    call.request().body().text().orElseThrow(() -> new PayloadFault("the body must be text in UTF-8"));
        }
        if (type == byte[].class) {
            return (call, sources) -> call.request().body().toBytes();
        }
        return (call, sources) -> sources.json().read(call.request().body(), type, sources.unknown());
    }

    private static Map<String, String> headers(HandlerCall call) {
        Map<String, String> headers = new LinkedHashMap<>();
        call.request().headers().forEach(headers::putIfAbsent);
        return headers;
    }

    private static boolean isHeaderMap(Type type) {
        return type instanceof ParameterizedType map
                && map.getRawType() == Map.class
                && map.getActualTypeArguments()[0] == String.class
                && map.getActualTypeArguments()[1] == String.class;
    }
}
