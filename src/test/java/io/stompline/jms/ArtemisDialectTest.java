package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.JmsSettings;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.jms.provider.OpenMqDialect;
import io.stompline.jms.provider.PortableDialect;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole bus with the rules of another message broker than OpenMQ: nothing of OpenMQ's is left in between. */
class ArtemisDialectTest {
    private static final JmsSettings SETTINGS = EmbeddedBroker.settings("unused", "dead", 100);

    private final StubbedJms jms = new StubbedJms(new ArtemisDialect());
    private final JmsBus bus = bus(jms);

    private static JmsBus bus(StubbedJms jms) {
        return new JmsBus(jms, SETTINGS, new Metrics(), Thread::new);
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @ParameterizedTest
    @CsvSource({
        "news/**, news.#",
        "news/*, news.*",
        "*/sport/**, *.sport.#",
        "a-1/*/c.d, a-1.*.c$002ed",
        "**, #",
    })
    void openTopic_pattern_becomesItsWildcards(String pattern, String jmsName) {
        bus.openTopic(Destination.topic(pattern), message -> {});
        assertThat(jms.calls()).containsExactly("consume topic " + jmsName);
    }

    @Test
    void openTopic_pattern_bringsWhatItMeansAndNothingReserved() {
        List<String> received = new ArrayList<>();
        bus.openTopic(
                Destination.topic("**"),
                message -> received.add(message.destination().text()));
        List.of(
                        "news",
                        "order-1.a b",
                        "activemq.notifications",
                        "$.artemis.internal",
                        "stompline.users",
                        "mq.sys",
                        "v$002e1")
                .forEach(topic -> jms.deliver("#", topic));
        assertThat(received).containsExactly("/topic/news", "/topic/order-1/a b", "/topic/mq/sys", "/topic/v.1");
    }

    @Test
    void open_patternWithSelector_becomesItsWildcards() {
        bus.open(request(Destination.topic("news/**"), "colour LIKE b"), delivery -> {});
        assertThat(jms.calls()).containsExactly("consume topic news.#");
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/order-1, queue order-1",
        "/queue/7/a b, queue 7.a b",
        "/queue/a.b, queue a$002eb",
        "/queue/a::b?c#d, queue a$003a$003ab$003fc$0023d",
        "/topic/mq/metrics, topic mq.metrics",
        "/topic/a$b/😀, topic a$b.😀",
    })
    void publish_name_isWrittenWithItsCharacters(String destination, String jmsName) {
        bus.publish(message(destination));
        assertThat(jms.calls()).containsExactly("send to " + jmsName);
    }

    @Test
    void publish_nameOver200Octets_isTaken() {
        String name = "x".repeat(1_000);
        bus.publish(message("/queue/" + name));
        assertThat(jms.calls()).containsExactly("send to queue " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/activemq/management", "/topic/activemq.notifications", "/topic/$/artemis/x"})
    void isReserved_nameOfTheBroker_isRefusedEverywhere(String text) {
        Destination destination = Destination.parse(text).orElseThrow();
        assertThat(bus.isReserved(destination)).isTrue();
        BusTest.assertRefused(Reason.REFUSED, () -> bus.publish(message(text)));
        assertThatThrownBy(() -> bus.publish(message("/queue/a", "reply-to", text)))
                .isInstanceOf(BusException.class);
        BusTest.assertRefused(Reason.REFUSED, () -> bus.open(request(destination, ""), delivery -> {}));
        BusTest.assertRefused(Reason.REFUSED, () -> bus.openTopic(Destination.topic("activemq/**"), message -> {}));
        assertThat(jms.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/mq/sys/dmq", "/topic/mq", "/queue/activemq", "/topic/a/activemq"})
    void isReserved_nameOfAnotherBroker_isNot(String text) {
        assertThat(bus.isReserved(Destination.parse(text).orElseThrow())).isFalse();
    }

    @Test
    void publish_field_mayBeAsLongAsTheDialectSays() {
        String longest = "x".repeat(ArtemisDialect.MAX_FIELD_BYTES);
        bus.publish(message("/queue/a", "type", longest, "x-property", "x".repeat(100_000)));
        BusTest.assertRefused(Reason.BAD_HEADER, () -> bus.publish(message("/queue/a", "type", longest + "x")));
    }

    @Test
    void publish_manyDestinations_replacesTheProducer() {
        List.of("a", "b", "a", "c").forEach(name -> bus.publish(message("/queue/" + name)));
        assertThat(jms.calls())
                .containsExactly(
                        "send to queue a", "send to queue b", "send to queue a", "close producer", "send to queue c");
    }

    @Test
    void open_selector_isRefusedByTheDialectsRules() {
        BusTest.assertRefused(
                Reason.BAD_SELECTOR, () -> bus.open(request(Destination.queue("a"), "XPATH 'x'"), delivery -> {}));
    }

    @Test
    void openTopic_pattern_isRefusedWithoutWildcards() {
        try (JmsBus portable = bus(new StubbedJms(new PortableDialect()))) {
            BusTest.assertRefused(Reason.REFUSED, () -> portable.openTopic(Destination.topic("a/*"), message -> {}));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/mq", "/queue/mq/sys/dmq", "/queue/mq.sys.dmq", "/topic/mq/**"})
    void isReserved_nameOfOpenMq_isReservedByItsDialectAndByThePortableOne(String text) {
        for (ProviderDialect dialect : List.of(new OpenMqDialect(), new PortableDialect())) {
            try (JmsBus other = bus(new StubbedJms(dialect))) {
                assertThat(other.isReserved(Destination.parse(text).orElseThrow()))
                        .isTrue();
            }
        }
    }

    private static FeedRequest request(Destination destination, String selector) {
        return new FeedRequest(
                destination,
                true,
                Optional.of(selector).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                10);
    }

    private static Message message(String destination, String... headers) {
        return Message.of(Destination.parse(destination).orElseThrow(), Headers.of(headers), Body.utf8("x"), "");
    }
}
