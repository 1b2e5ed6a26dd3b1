package io.stompline.beans.publishing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Notes the first properties of one body that its class does not have, as sentences for the client: a misspelt one
 * explains a constraint that fails. One thread at a time.
 */
public final class UnknownProperties extends DeserializationProblemHandler {
    private static final int MAX_NAMED = 5;
    private static final int MAX_NAME_CHARS = 60;

    private final Set<String> sentences = new LinkedHashSet<>();

    /** Of the body that was read; empty if it has none. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Whether such a property is a fault is for the mapper to decide. */
    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name) {
        if (sentences.size() < MAX_NAMED) {
            Class<?> type = beanOrClass instanceof Class<?> itself ? itself : beanOrClass.getClass();
            String shown = name.substring(0, Math.min(name.length(), MAX_NAME_CHARS));
            sentences.add("the body has " + shown + ", which " + type.getSimpleName() + " does not have");
        }
        return false;
    }
}
