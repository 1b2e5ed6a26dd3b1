package io.stompline.beans.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stompline.beans.handler.Operation;
import io.stompline.beans.handler.Operation.ReadHeader;
import io.stompline.gateway.Transport;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The handler methods as an AsyncAPI 3.0 document, from the view of the application: it receives what clients send to
 * {@code /app/…}, and sends what they get.
 */
final class AsyncApi {
    private static final String REPLIES = "/user/queue/replies";
    private static final String ERRORS = "/user/queue/errors";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode channels = JsonNodeFactory.instance.objectNode();
    private final ObjectNode operations = JsonNodeFactory.instance.objectNode();
    private final Schemas schemas = new Schemas();

    /**
     * Where the server is, as the request for the document came to it.
     *
     * @param context the path of the application
     * @param transports the ways to it
     */
    record Server(String title, String host, String context, boolean isSecure, List<Transport> transports) {}

    private AsyncApi() {}

    /** The document. */
    static ObjectNode of(List<Operation> handlers, Server server) {
        AsyncApi made = new AsyncApi();
        made.root.put("asyncapi", "3.0.0");
        made.root
                .putObject("info")
                .put("title", server.title())
                .put("version", "1")
                .put("description", "Made from the annotations of the application.");
        made.root.put("defaultContentType", "application/json");
        ObjectNode servers = made.root.putObject("servers");
        for (Transport transport : server.transports()) {
            servers.putObject(transport.name())
                    .put("host", server.host())
                    .put("pathname", server.context() + transport.path())
                    .put("protocol", transport.protocol(server.isSecure()))
                    .put("description", "STOMP 1.0, 1.1 or 1.2");
        }
        handlers.forEach(made::add);
        made.addErrors();
        made.root.set("channels", made.channels);
        made.root.set("operations", made.operations);
        made.root.putObject("components").set("schemas", made.schemas.definitions());
        return made.root;
    }

    private void add(Operation handler) {
        if (handler.answersSubscribe() && handler.result().isEmpty()) {
            // It only observes the subscription.
            return;
        }
        String id = handler.name();
        ObjectNode channel = channel(handler.destination(), handler);
        ObjectNode operation = operations.putObject(unused(operations, id));
        operation.put("action", handler.answersSubscribe() ? "send" : "receive");
        operation.set("channel", reference("channels", handler.destination()));
        handler.roles().ifPresent(roles -> {
            // Empty: nobody
            ArrayNode needed = operation.putArray("x-roles");
            roles.stream().sorted().forEach(needed::add);
        });
        if (handler.answersSubscribe()) {
            operation.put("summary", "The first message of a subscription");
            message(
                    channel,
                    operation,
                    handler.destination(),
                    id,
                    handler.result().orElseThrow());
            return;
        }
        ObjectNode request = message(
                channel, operation, handler.destination(), id, handler.payload().orElse(String.class));
        headers(request, handler.headers());
        handler.result().ifPresent(result -> addResult(handler, operation, result));
    }

    private void addResult(Operation handler, ObjectNode operation, Type result) {
        String id = handler.name() + ".result";
        if (handler.sendTo().isPresent()) {
            String target = handler.sendTo().get();
            ObjectNode send = operations.putObject(unused(operations, id)).put("action", "send");
            send.set("channel", reference("channels", target));
            message(channel(target, handler), send, target, id, result);
            return;
        }
        ObjectNode reply = operation.putObject("reply");
        reply.set("channel", reference("channels", REPLIES));
        message(channel(REPLIES, handler), reply, REPLIES, id, result);
    }

    /** Every SEND may be refused. */
    private void addErrors() {
        ObjectNode channel = channels.withObjectProperty(key(ERRORS)).put("address", ERRORS);
        channel.withObjectProperty("messages")
                .withObjectProperty("problem")
                .put("contentType", "application/json")
                .set("payload", schemas.ofProblem());
        ObjectNode operation = operations.putObject(unused(operations, "refused"));
        operation.put("action", "send").put("summary", "A SEND that a bean does not take, without reply-to");
        operation.set("channel", reference("channels", ERRORS));
        operation.withArray("messages").add(reference("channels", ERRORS, "messages", "problem"));
    }

    private ObjectNode channel(String destination, Operation handler) {
        ObjectNode channel = channels.withObjectProperty(key(destination)).put("address", destination);
        handler.variables().forEach((name, type) -> {
            if (destination.contains("{" + name + "}")) {
                channel.withObjectProperty("parameters").putObject(name);
            }
        });
        return channel;
    }

    /** A message of a channel, named in the operation. */
    private ObjectNode message(ObjectNode channel, ObjectNode operation, String destination, String id, Type payload) {
        ObjectNode messages = channel.withObjectProperty("messages");
        String name = unused(messages, id);
        ObjectNode message = messages.putObject(name);
        message.put("contentType", Schemas.contentType(payload));
        message.set("payload", schemas.of(payload));
        operation.withArray("messages").add(reference("channels", destination, "messages", name));
        return message;
    }

    private void headers(ObjectNode message, List<ReadHeader> read) {
        if (read.isEmpty()) {
            return;
        }
        ObjectNode schema = message.putObject("headers").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode needed = JsonNodeFactory.instance.arrayNode();
        for (ReadHeader header : read) {
            properties.set(header.name(), schemas.of(header.type()));
            if (header.isNeeded()) {
                needed.add(header.name());
            }
        }
        if (!needed.isEmpty()) {
            schema.set("required", needed);
        }
    }

    /** Methods may be overloaded, and classes of one name lie in two packages. */
    private static String unused(ObjectNode taken, String id) {
        String free = id;
        for (int i = 2; taken.has(free); i++) {
            free = id + "-" + i;
        }
        return free;
    }

    /** A channel's key: an identifier in which nothing has to be escaped, another for each destination. */
    private static String key(String destination) {
        return Arrays.stream(destination.substring(1).split("/"))
                .map(AsyncApi::encoded)
                .collect(Collectors.joining("."));
    }

    private static String encoded(String segment) {
        return segment.startsWith("{")
                ? "_" + encoded(segment.substring(1, segment.length() - 1)) + "_"
                : segment.codePoints().mapToObj(AsyncApi::encoded).collect(Collectors.joining());
    }

    private static String encoded(int character) {
        boolean plain = (character < 128 && Character.isLetterOrDigit(character)) || character == '-';
        return plain ? Character.toString(character) : "_x" + Integer.toHexString(character) + "_";
    }

    private static JsonNode reference(String... path) {
        StringBuilder pointer = new StringBuilder("#");
        for (String step : path) {
            pointer.append('/').append(step.startsWith("/") ? key(step) : step);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", pointer.toString());
    }
}
