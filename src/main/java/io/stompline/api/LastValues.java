package io.stompline.api;

import java.util.List;
import java.util.Map;

/**
 * The last values of topics, as this node has heard them: for whoever is not subscribed, such as a REST resource. To be
 * injected; thread-safe.
 */
public interface LastValues {
    /**
     * One value.
     *
     * @param destination the topic
     * @param headers by name, as subscribers get them
     * @param body as text
     */
    record Value(String destination, Map<String, String> headers, String body) {}

    /**
     * The values of a topic, or of all topics of a pattern; those that are no text are left out.
     *
     * @param topic such as {@code /topic/prices/*}
     * @return the one that changed longest ago first
     * @throws IllegalArgumentException if no rule of {@code stompline.last-value} matches all of it
     */
    List<Value> of(String topic);
}
