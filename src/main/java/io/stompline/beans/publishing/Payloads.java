package io.stompline.beans.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stompline.frame.Body;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Writes payloads as bodies. Thread-safe. */
@ApplicationScoped
public class Payloads {
    /** A body with the content type that says what it is. */
    public record Written(Body body, String contentType) {}

    @Inject
    private Json json;

    /**
     * A text as it is, octets as they are, anything else as JSON.
     *
     * @throws IllegalArgumentException if Jackson cannot write it, or would write nothing of it; says why
     */
    public Written write(Object payload) {
        return write(json.writing(), payload);
    }

    static Written write(ObjectMapper mapper, Object payload) {
        if (payload instanceof String text) {
            return new Written(Body.utf8(text), "text/plain;charset=UTF-8");
        }
        if (payload instanceof byte[] octets) {
            return new Written(Body.of(octets), "application/octet-stream");
        }
        try {
            return new Written(Body.of(mapper.writeValueAsBytes(payload)), "application/json");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "this payload cannot be written as JSON: " + payload.getClass() + place(e) + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static String place(JsonProcessingException problem) {
        return problem instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? ", at " + mapping.getPathReference()
                : "";
    }
}
