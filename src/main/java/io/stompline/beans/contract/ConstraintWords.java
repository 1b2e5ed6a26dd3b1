package io.stompline.beans.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a JSON Schema asks of a value besides its type, in the words of the page destinations.html. */
final class ConstraintWords {
    private ConstraintWords() {}

    /** Such as "1 to 500 characters, pattern [a-z]+"; empty if there is nothing. */
    static String of(JsonNode schema) {
        return Stream.concat(
                        own(schema),
                        StreamSupport.stream(schema.path("allOf").spliterator(), false)
                                .map(ConstraintWords::of))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> own(JsonNode schema) {
        // Numbers have one, too, such as int32: they are numbers all the same. Octets are a type of their own.
        boolean formatted = schema.path("type").asText().equals("string")
                && !schema.path("format").asText().equals("binary");
        return List.of(
                range(schema.path("minLength"), schema.path("maxLength"), " characters"),
                range(schema.path("minItems"), schema.path("maxItems"), " elements"),
                range(schema.path("minimum"), schema.path("maximum"), ""),
                words("more than ", schema.path("exclusiveMinimum")),
                words("less than ", schema.path("exclusiveMaximum")),
                words("pattern ", schema.path("pattern")),
                formatted ? words("format ", schema.path("format")) : "",
                words("", schema.path("contentEncoding")))
                .stream();
    }

    private static String range(JsonNode least, JsonNode most, String unit) {
        if (least.isMissingNode()) {
            return most.isMissingNode() ? "" : "at most " + most.asText() + unit;
        }
        return most.isMissingNode()
                ? "at least " + least.asText() + unit
                : least.asText() + " to " + most.asText() + unit;
    }

    private static String words(String before, JsonNode value) {
        return value.isMissingNode() ? "" : before + value.asText();
    }
}
