package io.stompline.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.routing.BusException;
import io.stompline.routing.Delivery;
import io.stompline.routing.Message;
import io.stompline.session.opening.Messages;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AutoDeliveryTest {
    private boolean lost;
    private int acknowledged;
    private final AutoDelivery auto = new AutoDelivery(new CountedDelivery());

    @Test
    void autoDelivery_isAcknowledgedOnceTheSocketTookItsFrame() throws InterruptedException {
        assertThat(auto.awaitSettled(Duration.ZERO)).isFalse();
        auto.written();
        auto.abandon();
        auto.settle();
        assertThat(acknowledged).isEqualTo(1);
        assertThat(auto.awaitSettled(Duration.ZERO)).isTrue();
    }

    @Test
    void autoDelivery_abandonedBeforeItIsWritten_isLeftUnsettledAtTheBus() throws InterruptedException {
        auto.abandon();
        auto.settle();
        assertThat(acknowledged).isZero();
        assertThat(auto.awaitSettled(Duration.ZERO)).isTrue();
    }

    @Test
    void autoDelivery_lostWithTheBus_isNotWaitedForAnyMore() throws InterruptedException {
        lost = true;
        auto.written();
        assertThatThrownBy(auto::settle).isInstanceOf(BusException.class);
        assertThat(auto.awaitSettled(Duration.ZERO)).isTrue();
    }

    private final class CountedDelivery implements Delivery {
        @Override
        public Message message() {
            return Messages.message("hi");
        }

        @Override
        public boolean isGivenBack() {
            return false;
        }

        @Override
        public boolean acknowledge() {
            if (lost) {
                throw new BusException(BusException.Reason.UNAVAILABLE, "lost");
            }
            acknowledged++;
            return true;
        }

        @Override
        public boolean reject(boolean requeue, String reason) {
            throw new UnsupportedOperationException();
        }
    }
}
