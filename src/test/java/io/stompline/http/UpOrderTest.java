package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpOrderTest {
    private final UpOrder order = new UpOrder();

    @Test
    void order_ofNumbers_knowsNextRepeatedAndEarly() {
        assertThat(order.place(1)).isEqualTo(UpOrder.Place.NEXT);
        assertThat(order.place(2)).isEqualTo(UpOrder.Place.EARLY);
        order.take();
        assertThat(order.place(1)).isEqualTo(UpOrder.Place.REPEATED);
        assertThat(order.place(2)).isEqualTo(UpOrder.Place.NEXT);
    }

    @Test
    void order_nextThatWasNotTaken_isNextAgain() {
        assertThat(order.place(1)).isEqualTo(UpOrder.Place.NEXT);
        assertThat(order.place(1)).isEqualTo(UpOrder.Place.NEXT);
    }
}
