package io.stompline.beans.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stompline.api.StompProblem;
import io.stompline.beans.handler.Operation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The handler methods as a declaration file for TypeScript. */
final class TypeScript {
    private static final String ANY = "string";

    /** The first that fits counts, as with handlers: any text is behind every literal. */
    private static final Comparator<String> PARTICULAR_FIRST =
            Comparator.comparing(pattern -> pattern.replace(ANY, "\uffff"));

    private static final String SEGMENTS = """

            type Segments<D extends string> = D extends `${infer First}/${infer Rest}` ? [First, ...Segments<Rest>] : [D];
            """;

    private final Schemas schemas = new Schemas();

    private TypeScript() {}

    /** The text of the file. */
    static String of(List<Operation> handlers) {
        return new TypeScript().write(handlers);
    }

    private String write(List<Operation> handlers) {
        Map<String, Set<JsonNode>> sent = new TreeMap<>(PARTICULAR_FIRST);
        Map<String, Set<JsonNode>> received = new TreeMap<>(PARTICULAR_FIRST);
        for (Operation handler : handlers) {
            if (!handler.answersSubscribe()) {
                add(sent, handler.destination(), handler.payload().orElse(String.class));
            }
            handler.result().ifPresent(result -> add(received, receiver(handler), result));
        }
        add(received, "/user/queue/errors", StompProblem.class);
        // Fills in the references, so before the types are written.
        ObjectNode definitions = schemas.definitions();
        StringBuilder text = new StringBuilder("/** Made from the annotations of the application. */\n");
        text.append(SEGMENTS);
        text.append(choice("SendPayload", "What may be sent to a destination.", sent));
        text.append(choice("MessagePayload", "What arrives at a destination.", received));
        definitions
                .properties()
                .forEach(entry -> text.append("\nexport type ")
                        .append(name(entry.getKey()))
                        .append(" = ")
                        .append(type(entry.getValue(), ""))
                        .append(";\n"));
        return text.toString();
    }

    private static String receiver(Operation handler) {
        return handler.answersSubscribe()
                ? handler.destination()
                : handler.sendTo().orElse("/user/queue/replies");
    }

    private void add(Map<String, Set<JsonNode>> payloads, String destination, Type type) {
        payloads.computeIfAbsent(pattern(destination), key -> new LinkedHashSet<>())
                .add(schemas.of(type));
    }

    private static String choice(String name, String comment, Map<String, Set<JsonNode>> payloads) {
        StringBuilder text = new StringBuilder("\n/** ")
                .append(comment)
                .append(" */\nexport type ")
                .append(name)
                .append("<D extends string> =\n");
        payloads.forEach((pattern, schemas) -> text.append("  Segments<D> extends ")
                .append(pattern)
                .append(" ? ")
                .append(schemas.stream()
                        .map(schema -> type(schema, "  "))
                        .distinct()
                        .collect(Collectors.joining(" | ")))
                .append(" :\n"));
        return text.append("  never;\n").toString();
    }

    /** A tuple of the segments. Variables stand for any text. */
    private static String pattern(String destination) {
        return Arrays.stream(destination.split("/", -1))
                .map(segment -> segment.startsWith("{") ? ANY : quoted(segment))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String type(JsonNode schema, String indent) {
        if (schema.has("$ref")) {
            String target = schema.get("$ref").asText();
            return name(target.substring(target.lastIndexOf('/') + 1));
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                return any(schema.get(choice), one -> type(one, indent));
            }
        }
        if (schema.has("enum")) {
            return any(schema.get("enum"), JsonNode::toString);
        }
        if (schema.has("allOf")) {
            return all(schema.get("allOf"), indent);
        }
        if (schema.has("const")) {
            return schema.get("const").toString();
        }
        JsonNode kind = schema.path("type");
        return kind.isArray()
                ? any(kind, one -> ofKind(one.asText(), schema, indent))
                : ofKind(kind.asText(), schema, indent);
    }

    private static String all(JsonNode parts, String indent) {
        String all = StreamSupport.stream(parts.spliterator(), false)
                .map(part -> type(part, indent))
                .filter(part -> !part.equals("unknown"))
                .map(part -> part.contains(" | ") ? "(" + part + ")" : part)
                .distinct()
                .collect(Collectors.joining(" & "));
        return all.isEmpty() ? "unknown" : all;
    }

    private static String any(JsonNode choices, Function<JsonNode, String> written) {
        return StreamSupport.stream(choices.spliterator(), false).map(written).collect(Collectors.joining(" | "));
    }

    private static String ofKind(String kind, JsonNode schema, String indent) {
        return switch (kind) {
            case "string" -> schema.path("format").asText().equals("binary") ? "Uint8Array" : kind;
            case "boolean", "null" -> kind;
            case "integer", "number" -> "number";
            case "array" -> "Array<" + type(schema.path("items"), indent) + ">";
            case "object" -> object(schema, indent);
            default -> "unknown";
        };
    }

    private static String object(JsonNode schema, String indent) {
        if (!schema.has("properties")) {
            JsonNode values = schema.path("additionalProperties");
            return "Record<string, " + (values.isObject() ? type(values, indent) : "unknown") + ">";
        }
        List<String> needed = new ArrayList<>();
        schema.path("required").forEach(name -> needed.add(name.asText()));
        String inner = indent + "  ";
        StringBuilder text = new StringBuilder("{\n");
        schema.get("properties")
                .properties()
                .forEach(property -> text.append(inner)
                        .append(propertyName(property.getKey()))
                        .append(needed.contains(property.getKey()) ? ": " : "?: ")
                        .append(type(property.getValue(), inner))
                        .append(";\n"));
        return text.append(indent).append('}').toString();
    }

    private static String propertyName(String name) {
        return name.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? name : quoted(name);
    }

    /** "Page_Line-1" is no name in TypeScript. */
    private static String name(String definition) {
        return definition.replaceAll("[^A-Za-z0-9_$]+", "_").replaceAll("_$", "");
    }
}
