package io.stompline.application;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stompline.api.OnSend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** JSON as this application likes it. */
@ApplicationScoped
public class JsonFormat {
    /** Both directions. */
    public record Name(String firstName) {}

    /** What Stompline is to use. */
    @Produces
    public ObjectMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
    }

    /** Back to the sender. */
    @OnSend("/app/name")
    public Name same(Name name) {
        return name;
    }
}
