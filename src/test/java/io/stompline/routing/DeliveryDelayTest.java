package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Headers;
import io.stompline.routing.BusException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryDelayTest {
    @Test
    void millis_withoutTheHeader_isNone() {
        assertThat(DeliveryDelay.millis(Headers.of("delay", "5"))).isZero();
        assertThat(DeliveryDelay.millis(Headers.of("delivery-delay", "", "AMQ_SCHEDULED_CRON", "")))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"delivery-delay, 0", "delivery-delay, 2592000000", "AMQ_SCHEDULED_DELAY, 5", "x-delay, 5"})
    void millis_ofAnyBroker_areRead(String name, long value) {
        assertThat(DeliveryDelay.millis(Headers.of(name, Long.toString(value)))).isEqualTo(value);
    }

    @Test
    void millis_saidTwice_mustBeTheSame() {
        assertThat(DeliveryDelay.millis(Headers.of("x-delay", "5", "delivery-delay", "5")))
                .isEqualTo(5);
        assertThatThrownBy(() -> DeliveryDelay.millis(Headers.of("x-delay", "5", "delivery-delay", "6")))
                .isInstanceOf(BusException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "delivery-delay, -1",
        "delivery-delay, 2592000001",
        "delivery-delay, 5s",
        "delivery-delay, 99999999999999999999",
        "x-delay, 1.5",
        "AMQ_SCHEDULED_DELAY, soon"
    })
    void millis_thatCannotBe_areRefusedByName(String name, String value) {
        assertRefused(name, value, "the header " + name + " must be");
    }

    @ParameterizedTest
    @CsvSource({
        "AMQ_SCHEDULED_PERIOD, 1000",
        "AMQ_SCHEDULED_REPEAT, 3",
        "AMQ_SCHEDULED_CRON, 0 * * * *",
        "AMQ_SCHEDULED_TIME, 1764000000000",
        "AMQ_SCHEDULER_ACTION, REMOVE",
        "_AMQ_SCHED_DELIVERY, 1764000000000"
    })
    void deliveryDelay_schedulesOfOtherBrokers_areRefusedWithTheAlternative(String name, String value) {
        assertRefused(name, value, "the header " + name + " is not supported; delivery-delay");
    }

    private static void assertRefused(String name, String value, String sentence) {
        assertThatThrownBy(() -> DeliveryDelay.millis(Headers.of(name, value)))
                .hasMessageContaining(sentence)
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_HEADER));
    }
}
