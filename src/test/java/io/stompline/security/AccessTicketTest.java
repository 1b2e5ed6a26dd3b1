package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.quota.TopicQuota;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessTicketTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger redeemed = new AtomicInteger();
    private final Access access = new Access(
            new Admission(new Admission.Limits(0, 0, 0, 0, 0), nanos::get),
            EnumSet.allOf(LoginWay.class),
            shown -> Optional.empty(),
            TokenVerifier.NONE,
            this::redeem,
            new LoginThrottle(new LoginThrottle.Limits(0, 3, Duration.ofMinutes(1)), nanos::get),
            new Permissions(
                    new AuthenticatedAccess(), new QueueQuota(0), new TopicQuota(0, () -> 0), destination -> false));

    private Authentication redeem(Credentials.Ticket shown) {
        redeemed.incrementAndGet();
        if (shown.text().endsWith("unasked")) {
            return new Authentication.Refused("the ticket is refused: nobody to ask", false);
        }
        return shown.text().endsWith("good")
                ? new Authentication.Accepted(Caller.named("ann"))
                : new Authentication.Refused("the ticket is refused: why");
    }

    private Authentication show(String ticket, String address) {
        return access.login(new Credentials.Ticket("ticket~" + ticket), address);
    }

    private static String detail(Authentication refused) {
        return ((Authentication.Refused) refused).detail();
    }

    @Test
    void ticket_manyWrong_lockTheAddressForAWhile() {
        for (int i = 0; i < 3; i++) {
            assertThat(detail(show("wrong" + i, "a"))).isEqualTo("the ticket is refused: why");
        }
        assertThat(detail(show("good", "a"))).contains("stompline.login.max-failures-per-address");
        assertThat(detail(access.login(new Credentials.Passcode("ann", "x"), "a")))
                .contains("stompline.login.max-failures-per-address");
        assertThat(show("good", "b").accepted()).contains(Caller.named("ann"));
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(show("good", "a").accepted()).contains(Caller.named("ann"));
    }

    @Test
    void ticket_sameWrongAgain_isNoGuessAndNotLookedAt() {
        for (int i = 0; i < 10; i++) {
            assertThat(detail(show("wrong", "a"))).startsWith("the ticket is refused: ");
        }
        assertThat(redeemed).hasValue(1);
        assertThat(show("good", "a").accepted()).isPresent();
    }

    @Test
    void ticket_notChecked_isNoGuess() {
        for (int i = 0; i < 10; i++) {
            assertThat(detail(show(i + "unasked", "a"))).isEqualTo("the ticket is refused: nobody to ask");
        }
        assertThat(show("good", "a").accepted()).isPresent();
    }

    @Test
    void container_pageOfAnotherOrigin_isRefusedWithTheWayOut() {
        Caller ann = Caller.named("ann");
        assertThat(access.login(new Credentials.ContainerCaller(ann, false), "a")
                        .accepted())
                .contains(ann);
        assertThat(detail(access.login(new Credentials.ContainerCaller(ann, true), "a")))
                .contains("another origin", "StompTickets");
    }
}
