package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.stompline.frame.Body;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Person(String name, Optional<LocalDate> born) {}

    @Test
    void optional_isItsValueOrNull() throws Exception {
        Person ann = new Person("ann", Optional.of(LocalDate.of(2001, 2, 3)));
        Person bob = new Person("bob", Optional.empty());
        assertThat(Json.OURS.writeValueAsString(ann)).isEqualTo("{\"name\":\"ann\",\"born\":\"2001-02-03\"}");
        assertThat(Json.OURS.writeValueAsString(bob)).isEqualTo("{\"name\":\"bob\",\"born\":null}");
        assertThat(Json.OURS.readValue("{\"name\":\"ann\",\"born\":\"2001-02-03\"}", Person.class))
                .isEqualTo(ann);
        assertThat(Json.OURS.readValue("{\"name\":\"bob\",\"born\":null}", Person.class))
                .isEqualTo(bob);
    }

    @Test
    void input_overTheLimits_isRefused() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isTrue();
        assertThat(read("[".repeat(65) + "]".repeat(65))).isFalse();
        assertThat(read("\"" + "x".repeat(64 * 1024) + "\"")).isTrue();
        assertThat(read("\"" + "x".repeat(64 * 1024 + 1) + "\"")).isFalse();
        assertThat(read("1".repeat(100))).isTrue();
        assertThat(read("1".repeat(101))).isFalse();
    }

    @Test
    void input_namesAClass_isReadAsTheTypeOfTheHandler() throws Exception {
        assertThat(Json.OURS.readValue("{\"@class\":\"java.io.File\",\"name\":\"ann\"}", Person.class))
                .isEqualTo(new Person("ann", Optional.empty()));
    }

    private static boolean read(String json) {
        try {
            return Json.OURS.readTree(json) != null;
        } catch (JsonProcessingException refused) {
            return false;
        }
    }

    /** The escapes are JSON's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"ann\"} trailing {",
                "{\"name\":\"ann\"}{\"name\":\"bob\"}",
                "{\"name\":\"ann\"},",
                "{\"name\":\"ann\",\"name\":\"bob\"}",
                "{\"name\":\"ann\",\"other\":{\"a\":1,\"a\":2}}",
                "{\"name\":\"\\ud83d\"}",
                "{\"name\":\"a\\ude00\\ud83d\"}",
                "{\"name\":\"ann\",\"\\uD83D\":1}",
                "{\"name\":\"ann\",\"other\":[[\"\\udc00\"]]}",
                "{\"name\":1e999999999,\"born\":1e999999999}",
                "{\"name\":NaN}",
                "{'name':'ann'}",
                "{\"name\":\"ann\"} // comment",
                "null",
                "",
                "\ufeff",
            })
    void input_notOneValueOfWellFormedText_isRefused(String json) {
        assertThatThrownBy(() -> Json.read(Json.OURS, Body.utf8(json), Person.class))
                .isInstanceOf(PayloadFault.class)
                .hasMessageStartingWith("the body ");
    }

    @Test
    void input_surrogatePairs_areCharacters() {
        for (String name : List.of("\ud83d\ude00", "\\ud83d\\ude00", "\\uD83D\\uDE00")) {
            assertThat(Json.read(Json.OURS, Body.utf8("{\"name\":\"" + name + "\"}  \n"), Person.class))
                    .isEqualTo(new Person("\ud83d\ude00", Optional.empty()));
        }
    }

    @Test
    void input_mapperOfTheApplication_takesOneWellFormedValueToo() {
        ObjectMapper own =
                JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
        assertThat(Json.read(own, Body.utf8("{'a':'b'}"), Map.class)).isEqualTo(Map.of("a", "b"));
        for (String json : List.of("{'a':'b'} trailing {", "{'a':'\\ud83d'}", "{'a':'\\ud83d'", "{'\\ud83d':'b'}")) {
            assertThatThrownBy(() -> Json.read(own, Body.utf8(json), Map.class)).isInstanceOf(PayloadFault.class);
        }
    }

    @Test
    void typeFactory_ofTheApplication_isNotThatOfTheServer() {
        assertThat(Json.OURS.getTypeFactory()).isNotSameAs(TypeFactory.defaultInstance());
    }
}
