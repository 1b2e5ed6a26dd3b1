package io.stompline.beans.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stompline.api.StompProblem;
import io.stompline.beans.handler.Operation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    private static final String REPLIES = "/user/queue/replies";

    /** The first that fits counts, as with handlers: any text is behind every literal. */
    private static final Comparator<String> PARTICULAR_FIRST =
            Comparator.comparing(pattern -> pattern.replace(ANY, "\uffff"));

    private static final String SEGMENTS = """

            type Segments<D extends string> = D extends `${infer First}/${infer Rest}` ? [First, ...Segments<Rest>] : [D];
            """;

    /**
     * What goes to or comes from the destinations of one pattern.
     *
     * @param types of payloads
     * @param notes who may
     */
    private record Choice(Set<JsonNode> types, Set<String> notes) {}

    private final Schemas schemas = new Schemas();

    private TypeScript() {}

    /** The text of the file. */
    static String of(List<Operation> handlers) {
        return new TypeScript().write(handlers);
    }

    private String write(List<Operation> handlers) {
        Map<String, Choice> sent = new TreeMap<>(PARTICULAR_FIRST);
        Map<String, Choice> replied = new TreeMap<>(PARTICULAR_FIRST);
        Map<String, Choice> received = new TreeMap<>(PARTICULAR_FIRST);
        for (Operation handler : handlers) {
            if (handler.answersSubscribe()) {
                handler.result()
                        .ifPresent(result ->
                                add(received, handler.destination(), result).addAll(roles(handler)));
            } else {
                add(sent, handler.destination(), handler.payload().orElse(String.class))
                        .addAll(roles(handler));
                handler.result()
                        .ifPresent(result -> add(received, handler.sendTo().orElse(REPLIES), result));
            }
            if (!handler.answersSubscribe() && handler.sendTo().isEmpty()) {
                handler.result().ifPresent(result -> add(replied, handler.destination(), result));
            }
        }
        add(received, "/user/queue/errors", StompProblem.class);
        // Fills in the references, so before the types are written.
        ObjectNode definitions = schemas.definitions();
        StringBuilder text = new StringBuilder("/** Made from the annotations of the application. */\n");
        text.append(SEGMENTS);
        text.append(choice("SendPayload", "What may be sent to a destination.", sent));
        text.append(choice("Reply", "What answers a SEND, at " + REPLIES + " or where its reply-to says.", replied));
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

    /** A sentence for a handler that not everybody may call. */
    private static List<String> roles(Operation handler) {
        return handler.roles().stream()
                .map(roles -> handler.name() + " is for "
                        + (roles.isEmpty()
                                ? "nobody"
                                : roles.stream().sorted().collect(Collectors.joining(" or ", "the role ", ""))))
                .toList();
    }

    /** Gives the notes of the pattern, to be added to. */
    private Set<String> add(Map<String, Choice> payloads, String destination, Type type) {
        Choice choice = payloads.computeIfAbsent(
                pattern(destination), key -> new Choice(new LinkedHashSet<>(), new LinkedHashSet<>()));
        choice.types().add(schemas.of(type));
        return choice.notes();
    }

    private static String choice(String name, String comment, Map<String, Choice> payloads) {
        StringBuilder text = new StringBuilder("\n/** ")
                .append(comment)
                .append(" */\nexport type ")
                .append(name)
                .append("<D extends string> =\n");
        payloads.forEach((pattern, choice) -> text.append(comment(choice.notes(), "  "))
                .append("  Segments<D> extends ")
                .append(pattern)
                .append(" ? ")
                .append(choice.types().stream()
                        .map(schema -> type(schema, "  "))
                        .distinct()
                        .collect(Collectors.joining(" | ")))
                .append(" :\n"));
        return text.append("  never;\n").toString();
    }

    /** A line above what it is about; nothing without words. */
    private static String comment(Collection<String> words, String indent) {
        String text = words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining("; "));
        return text.isEmpty() ? "" : indent + "/** " + text.replace("*/", "*\\/") + " */\n";
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
                .forEach(property -> text.append(comment(List.of(ConstraintWords.of(property.getValue())), inner))
                        .append(inner)
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
