package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An object of which JSON says nothing is no payload, unless that is meant. */
class NothingToWriteTest {
    private static final ObjectMapper OF_AN_APPLICATION = JsonMapper.builder().build();
    private static final String NO_PROPERTIES =
            "the class has no properties for JSON: make it a record, or give it getters or annotations of Jackson";

    private record Ping() {}

    @JsonAutoDetect
    private static final class Deliberate {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private static final class Formatted {}

    @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
    private static final class Numbered {}

    @ApplicationScoped
    static class Bean {}

    private static final class Plain {}

    public static final class Others {
        @JsonAnyGetter
        public Map<String, String> others() {
            return Map.of();
        }
    }

    private record Sparse(
            @JsonInclude(JsonInclude.Include.NON_NULL) String text) {}

    static List<Object> withoutProperties() {
        return List.of(new Plain(), new Bean(), new Object());
    }

    static List<Object> emptyOnPurpose() {
        return List.of(new Ping(), new Deliberate(), new Others(), new Sparse(null), Map.of());
    }

    @ParameterizedTest
    @MethodSource("withoutProperties")
    void payload_withoutProperties_isRefusedWithWhatToDo(Object payload) {
        for (ObjectMapper mapper : List.of(Json.OURS, Json.writing(OF_AN_APPLICATION))) {
            assertThatThrownBy(() -> Payloads.write(mapper, payload))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("this payload cannot be written as JSON: " + payload.getClass() + ": " + NO_PROPERTIES);
        }
    }

    @Test
    void payload_lambda_isRefusedAtAnyDepth() {
        Supplier<String> lambda = () -> "text";
        assertThatThrownBy(() -> Payloads.write(Json.OURS, lambda))
                .hasMessageEndingWith(": it is a lambda: publish what it gives");
        assertThatThrownBy(() -> Payloads.write(Json.OURS, Map.of("inside", lambda)))
                .hasMessageContaining("[\"inside\"]: it is a lambda");
    }

    @Test
    void payload_promise_isRefused() {
        assertThatThrownBy(() -> Payloads.write(Json.OURS, CompletableFuture.completedFuture(1)))
                .hasMessageEndingWith(": it is a promise: publish its value when that is there");
    }

    @ParameterizedTest
    @MethodSource("emptyOnPurpose")
    void payload_emptyOnPurpose_isTaken(Object payload) {
        for (ObjectMapper mapper : List.of(Json.OURS, Json.writing(OF_AN_APPLICATION))) {
            assertThat(Payloads.write(mapper, payload).body().text()).contains("{}");
        }
    }

    @Test
    void payload_annotatedForJackson_isTakenAsItSays() {
        assertThat(Payloads.write(Json.OURS, new Formatted()).body().text()).contains("[]");
        assertThat(Payloads.write(Json.OURS, new Numbered()).body().text()).contains("{\"@id\":1}");
    }

    @Test
    void payload_mapperThatAllowsIt_isTaken() {
        ObjectMapper lenient = JsonMapper.builder()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
        assertThat(Payloads.write(Json.writing(lenient), new Plain()).body().text())
                .contains("{}");
    }

    @Test
    void mapper_ofTheApplication_isNotChanged() throws Exception {
        Json.writing(OF_AN_APPLICATION);
        assertThat(OF_AN_APPLICATION.writeValueAsString(new Bean())).isEqualTo("{}");
    }
}
