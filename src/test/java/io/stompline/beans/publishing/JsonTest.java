package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void typeFactory_ofTheApplication_isNotThatOfTheServer() {
        assertThat(Json.OURS.getTypeFactory()).isNotSameAs(TypeFactory.defaultInstance());
    }
}
