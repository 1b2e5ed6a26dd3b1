package io.stompline.app;

import io.stompline.api.LastValues;
import io.stompline.config.Setting;
import io.stompline.history.History;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the application the last values that a node keeps. Thread-safe. */
record KeptValues(History history) implements LastValues {
    @Override
    public List<Value> of(String topic) {
        Destination kept = Destination.parse(topic)
                .filter(Destination::isTopic)
                .filter(history::keepsValues)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no rule of " + Setting.LAST_VALUE.key() + " matches all of " + topic));
        return history.values(kept).stream()
                .flatMap(message -> value(message).stream())
                .toList();
    }

    private static Optional<Value> value(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(headers::put);
        return message.body().text().map(text -> new Value(message.destination().text(), Map.copyOf(headers), text));
    }
}
