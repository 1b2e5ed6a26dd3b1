package io.stompline.jms.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stompline.frame.Body;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageEOFException;
import jakarta.jms.StreamMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the bodies of map and stream messages as JSON: octets as base64, a character as a string. Thread-safe. */
public final class JsonBodies {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonBodies() {}

    /** A JSON object. */
    static Body of(MapMessage message) throws JMSException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : JmsEnumerations.of(message.getMapNames())) {
            object.put(name, message.getObject(name));
        }
        return json(object);
    }

    /** A JSON array. */
    static Body of(StreamMessage message) throws JMSException {
        return json(entries(message));
    }

    /** The values of a stream message, from its beginning. */
    public static List<Object> entries(StreamMessage message) throws JMSException {
        List<Object> entries = new ArrayList<>();
        message.reset();
        try {
            while (true) {
                entries.add(message.readObject());
            }
        } catch (MessageEOFException end) {
            return entries;
        }
    }

    private static Body json(Object value) throws JMSException {
        try {
            return Body.of(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            JMSException failure = new JMSException("the body cannot be written as JSON");
            failure.initCause(e);
            throw failure;
        }
    }
}
