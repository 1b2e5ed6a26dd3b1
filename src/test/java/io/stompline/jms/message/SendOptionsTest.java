package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.DeliveryMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendOptionsTest {
    private static final Clock AT_1000 = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);

    @Test
    void persistent_absent_isTrueForQueuesOnly() {
        assertThat(options(Destination.queue("a")).deliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(options(Destination.topic("a")).deliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
    }

    @Test
    void persistent_given_isUsed() {
        assertThat(options(Destination.queue("a"), "persistent", "false").deliveryMode())
                .isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(options(Destination.topic("a"), "persistent", "true").deliveryMode())
                .isEqualTo(DeliveryMode.PERSISTENT);
    }

    @ParameterizedTest
    @CsvSource({"False, NON_PERSISTENT", "TRUE, PERSISTENT", "'', PERSISTENT"})
    void persistent_takesAnyCaseAndEmptyForAbsent(String value, String mode) throws ReflectiveOperationException {
        assertThat(options(Destination.queue("a"), "persistent", value).deliveryMode())
                .isEqualTo(DeliveryMode.class.getField(mode).get(null));
    }

    @Test
    void expires_moment_becomesATimeToLive() {
        SendOptions options = options(Destination.topic("a"), "expires", "1500");
        assertThat(options.timeToLiveMillis()).isEqualTo(500);
        assertThat(options.expired()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "999, true", "1000, true", "1001, false"})
    void expires_past_isExpired(String expires, boolean expired) {
        assertThat(options(Destination.topic("a"), "expires", expires).expired())
                .isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({"delivery-delay", "AMQ_SCHEDULED_DELAY", "x-delay"})
    void deliveryDelay_ofAnyBroker_isOurs(String header) {
        assertThat(options(Destination.queue("a"), header, "1500").deliveryDelayMillis())
                .isEqualTo(1_500);
    }

    @Test
    void deliveryDelay_longerThanTheMessageLives_isRefused() {
        assertThat(options(Destination.queue("a"), "delivery-delay", "499", "expires", "1500")
                        .deliveryDelayMillis())
                .isEqualTo(499);
        assertThatThrownBy(() -> options(Destination.queue("a"), "delivery-delay", "500", "expires", "1500"))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("expire before");
    }

    @ParameterizedTest
    @CsvSource({"priority, 10", "priority, -1", "priority, high", "expires, tomorrow", "expires, -5", "persistent, yes"
    })
    void header_unreadable_isRefusedByName(String header, String value) {
        assertThatThrownBy(() -> options(Destination.topic("a"), header, value))
                .isInstanceOfSatisfying(BusException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.BAD_HEADER);
                    assertThat(e).hasMessageContaining("the header " + header + " must be ");
                });
    }

    private static SendOptions options(Destination destination, String... headers) {
        return SendOptions.of(Message.of(destination, Headers.of(headers), Body.empty(), ""), AT_1000);
    }
}
