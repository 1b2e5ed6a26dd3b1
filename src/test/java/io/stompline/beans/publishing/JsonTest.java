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
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatThrownBy(() -> read(json, Person.class))
                .isInstanceOf(PayloadFault.class)
                .hasMessageStartingWith("the body ");
    }

    private static Object read(String json, Class<?> type) {
        return Json.read(Json.OURS, Body.utf8(json), type, new UnknownProperties());
    }

    private record Order(int count, double price, boolean paid, String note, LocalDate day) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | the body is empty; Order as JSON is needed",
                "{\"count\":\"many\"} | the body does not fit: count must be a whole number",
                "{\"count\":[]}     | the body does not fit: count must be a whole number",
                "{\"price\":\"x\"}    | the body does not fit: price must be a number",
                "{\"paid\":\"x\"}     | the body does not fit: paid must be true or false",
                "{\"note\":{}}      | the body does not fit: note must be a text",
                "{\"day\":\"x\"}      | the body does not fit: look at day",
                "[]                | the body does not fit: it has another form",
                "{                 | the body must be JSON",
            })
    void input_anotherForm_isToldInWordsOfTheClient(String json, String told) {
        assertThatThrownBy(() -> read(json, Order.class))
                .isInstanceOf(PayloadFault.class)
                .hasMessage(told);
    }

    /** The first has no constructor that Jackson can call. */
    @ParameterizedTest
    @ValueSource(classes = {StringJoiner.class, Runnable.class})
    void input_classThatNoJsonCanBe_isAFaultOfTheApplicationThatNamesIt(Class<?> type) {
        assertThatThrownBy(() -> read("{\"text\":\"hello\"}", type))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no JSON can be read as " + type.getName() + ": ");
    }

    @Test
    void input_propertiesOfNoClass_arePassedOverAndAtMostFiveNamed() {
        UnknownProperties unknown = new UnknownProperties();
        String json = "{\"cuont\":1,\"other\":{\"c\":[]},\"x1\":1,\"x2\":1,\"x3\":1,\"x4\":1}";
        assertThat(Json.read(Json.OURS, Body.utf8(json), Order.class, unknown))
                .isEqualTo(new Order(0, 0, false, null, null));
        assertThat(unknown.sentences())
                .hasSize(5)
                .startsWith(
                        "the body has cuont, which Order does not have",
                        "the body has other, which Order does not have");
    }

    @Test
    void input_surrogatePairs_areCharacters() {
        for (String name : List.of("\ud83d\ude00", "\\ud83d\\ude00", "\\uD83D\\uDE00")) {
            assertThat(read("{\"name\":\"" + name + "\"}  \n", Person.class))
                    .isEqualTo(new Person("\ud83d\ude00", Optional.empty()));
        }
    }

    @Test
    void input_mapperOfTheApplication_takesOneWellFormedValueToo() {
        ObjectMapper own =
                JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
        assertThat(Json.read(own, Body.utf8("{'a':'b'}"), Map.class, new UnknownProperties()))
                .isEqualTo(Map.of("a", "b"));
        for (String json : List.of("{'a':'b'} trailing {", "{'a':'\\ud83d'}", "{'a':'\\ud83d'", "{'\\ud83d':'b'}")) {
            assertThatThrownBy(() -> Json.read(own, Body.utf8(json), Map.class, new UnknownProperties()))
                    .isInstanceOf(PayloadFault.class);
        }
    }

    @Test
    void typeFactory_ofTheApplication_isNotThatOfTheServer() {
        assertThat(Json.OURS.getTypeFactory()).isNotSameAs(TypeFactory.defaultInstance());
    }
}
