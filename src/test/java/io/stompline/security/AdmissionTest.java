package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void connections_limitOfTheNode_isKept() {
        Admission admission = admission(new Admission.Limits(2, 0, 0, 0, 0));
        Admission.Pass first = admission.open("a");
        assertThat(first.enter("ann")).isEmpty();
        assertThat(admission.open("b").enter("bob")).isEmpty();
        assertThat(admission.handshake("c"))
                .hasValueSatisfying(text -> assertThat(text).contains("stompline.connections.max"));
        try (Admission.Pass third = admission.open("c")) {
            assertThat(third.enter("eve")).isPresent();
        }
        first.close();
        first.close();
        assertThat(admission.connections()).isEqualTo(1);
        assertThat(admission.open("c").enter("eve")).isEmpty();
    }

    @Test
    void connections_limitsOfAddressAndUser_areCountedApart() {
        Admission admission = admission(new Admission.Limits(0, 2, 1, 0, 0));
        assertThat(admission.open("a").enter("ann")).isEmpty();
        assertThat(admission.open("a").enter("ann"))
                .hasValueSatisfying(text -> assertThat(text).contains("stompline.connections.max-per-user"));
        assertThat(admission.open("a").enter("bob"))
                .hasValueSatisfying(text -> assertThat(text).contains("stompline.connections.max-per-address"));
        assertThat(admission.open("b").enter("bob")).isEmpty();
    }

    @Test
    void connections_closed_makesRoomForTheUser() {
        Admission admission = admission(new Admission.Limits(0, 0, 1, 0, 0));
        Admission.Pass first = admission.open("a");
        assertThat(first.enter("ann")).isEmpty();
        first.close();
        assertThat(admission.open("a").enter("ann")).isEmpty();
    }

    @Test
    void handshake_addressWithAllItsConnections_isRefused() {
        Admission admission = admission(new Admission.Limits(0, 2, 0, 0, 0));
        admission.open("a");
        assertThat(admission.handshake("a")).isEmpty();
        Admission.Pass second = admission.open("a");
        assertThat(admission.handshake("a"))
                .hasValueSatisfying(text -> assertThat(text).contains("stompline.connections.max-per-address"));
        assertThat(admission.handshake("b")).isEmpty();
        second.close();
        assertThat(admission.handshake("a")).isEmpty();
        admission.open("a");
        assertThat(admission.handshake("a")).isPresent();
    }

    @Test
    void logins_atATime_areLimited() {
        Admission admission = admission(new Admission.Limits(0, 0, 0, 0, 0));
        for (int i = 0; i < Admission.LOGINS_AT_A_TIME; i++) {
            assertThat(admission.hasRoomForLogin()).isTrue();
            assertThat(admission.beginLogin()).isTrue();
        }
        assertThat(admission.hasRoomForLogin()).isFalse();
        assertThat(admission.beginLogin()).isFalse();
        admission.endLogin();
        assertThat(admission.hasRoomForLogin()).isTrue();
        assertThat(admission.beginLogin()).isTrue();
    }

    @Test
    void handshake_rate_isLimitedByAddressAndNode() {
        Admission admission = admission(new Admission.Limits(0, 0, 0, 3, 2));
        assertThat(admission.handshake("a")).isEmpty();
        assertThat(admission.handshake("a")).isEmpty();
        assertThat(admission.handshake("a")).isPresent();
        assertThat(admission.handshake("b")).isPresent();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(admission.handshake("b")).isEmpty();
    }

    private Admission admission(Admission.Limits limits) {
        return new Admission(limits, nanos::get);
    }
}
