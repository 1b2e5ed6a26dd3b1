package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.jms.provider.OpenMqDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.Destination.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationNamesTest {
    private final DestinationNames names = new DestinationNames(new OpenMqDialect(), "dead.letters");

    private static final String LEGAL_JMS_CHARACTERS = "ab09_$2d.ä日€\u0905\u093f\u0661";

    @ParameterizedTest
    @CsvSource({
        "/topic/a/b, a.b",
        "/queue/orders, orders",
        "/queue/order-1, order$002d1",
        "/queue/a.b, a$002eb",
        "/topic/a/7, a.7",
        "/topic/7/a, $0037.a",
        "/topic/two words, two$0020words",
        "/topic/a:b, a$003ab",
        "/topic/a$b_c, a$b_c",
        "/topic/straße/日本, straße.日本",
        "/topic/😀, $d83d$de00",
    })
    void destinationName_stompAndJms_areMappedBothWays(String stomp, String jms) {
        Destination destination = Destination.parse(stomp).orElseThrow();
        assertThat(names.jmsName(destination)).isEqualTo(jms);
        assertThat(names.destination(destination.kind(), jms)).contains(destination);
    }

    @Test
    void destinationName_everyStompName_hasALegalJmsNameOfItsOwn() {
        Random random = new Random(1);
        Map<String, Destination> seen = new HashMap<>();
        int[] alphabet = "ab09_$2d./-: ä€😀\u0905\u093f>,'\"#".codePoints().toArray();
        for (int i = 0; i < 100_000; i++) {
            Optional<Destination> destination = Destination.parse("/topic/" + text(random, alphabet));
            destination.ifPresent(each -> {
                String jms = names.jmsName(each);
                assertThat(isLegal(jms)).as(jms).isTrue();
                assertThat(names.destination(Kind.TOPIC, jms)).contains(each);
                assertThat(seen.put(jms, each)).isIn(null, each);
            });
        }
        assertThat(seen).hasSizeGreaterThan(10_000);
    }

    @Test
    void destinationName_legalJmsName_isFoundAgain() {
        Random random = new Random(2);
        int[] alphabet = LEGAL_JMS_CHARACTERS.codePoints().toArray();
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            String jms = "x" + text(random, alphabet);
            Optional<Destination> destination = names.destination(Kind.QUEUE, jms);
            if (destination.isPresent()) {
                found++;
                assertThat(names.jmsName(destination.get())).isEqualTo(jms);
            } else {
                assertThat(jms)
                        .as("has an empty segment, Unicode not in form C, or the escape of a forbidden character")
                        .containsPattern("\\.\\.|\\.$|[^\\x00-\\x7f]|\\$[0-9a-f]{4}");
            }
        }
        assertThat(found).isGreaterThan(50_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/mq/metrics/broker",
                "/queue/mq/sys/dmq",
                "/queue/stompline/commits",
                "/queue/dead/letters"
            })
    void destinationName_reserved_isRefused(String stomp) {
        assertThatThrownBy(() -> names.jmsName(Destination.parse(stomp).orElseThrow()))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }

    @Test
    void destinationName_deadMessageQueue_isReservedWhateverItsName() {
        assertThat(names.isReserved(Destination.queue("dead/letters"))).isTrue();
        assertThat(names.destination(Kind.QUEUE, "dead.letters")).isEmpty();
        Destination topic = Destination.topic("dead/letters");
        assertThat(names.isReserved(topic)).as("another destination").isFalse();
        assertThat(names.destination(Kind.TOPIC, "dead.letters")).contains(topic);
        assertThat(names.isReserved(Destination.queue("dead.letters")))
                .as("dead$002eletters")
                .isFalse();
    }

    @Test
    void pattern_ofReservedNames_isRefused() {
        assertThatThrownBy(() -> names.jmsPattern(Destination.topic("mq/**"))).isInstanceOf(BusException.class);
    }

    @Test
    void destinationName_reservedJmsName_isNotShown() {
        assertThat(names.destination(Kind.TOPIC, "mq.metrics.broker")).isEmpty();
    }

    @Test
    void destinationName_over200Octets_isRefused() {
        String longest = "x".repeat(200);
        assertThat(names.jmsName(Destination.queue(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> names.jmsName(Destination.queue(longest + "x")))
                .isInstanceOf(BusException.class);
        assertThatThrownBy(() -> names.jmsName(Destination.queue("日".repeat(67))))
                .as("octets are counted, not characters")
                .isInstanceOf(BusException.class);
    }

    @Test
    void pattern_asDestinationOfSend_isRefused() {
        assertThatThrownBy(() -> names.jmsName(Destination.topic("a/*"))).isInstanceOf(BusException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a/*, a.**",
        "a/**, a.**",
        "*, **",
        "**, **",
        "a/*/c, a.**.c",
        "*/b, **.b",
        "a/*/*/d, a.**.d",
        "a/*/c/**, a.**",
        "a/*/7-/*/e, a.**.e",
    })
    void pattern_asJms_includesAllThatItMatches(String pattern, String jms) {
        assertThat(names.jmsPattern(Destination.topic(pattern))).isEqualTo(jms);
    }

    /** OpenMQ's rule, as it is enforced by its client. */
    private static boolean isLegal(String name) {
        return Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
    }

    private static String text(Random random, int[] alphabet) {
        StringBuilder text = new StringBuilder();
        random.ints(1 + random.nextInt(12), 0, alphabet.length).forEach(i -> text.appendCodePoint(alphabet[i]));
        return text.toString();
    }
}
