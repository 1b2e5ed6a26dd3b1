package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.security.quota.DestinationQuota;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessTicketTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger redeemed = new AtomicInteger();
    private boolean answered;
    private final Access access = access(3);

    private Access access(int maxFailures) {
        return new Access(
                new Admission(new Admission.Limits(0, 0, 0, 0, 0), nanos::get),
                EnumSet.allOf(Credentials.Way.class),
                shown -> Optional.empty(),
                List.of(),
                this::redeem,
                new LoginThrottle(new LoginThrottle.Limits(0, maxFailures, Duration.ofMinutes(1)), nanos::get),
                new Permissions(new AuthenticatedAccess(), new DestinationQuota(0, 0, () -> 0), destination -> false));
    }

    private Authentication redeem(Credentials.Ticket shown) {
        redeemed.incrementAndGet();
        if (shown.text().endsWith("fault")) {
            throw new IllegalStateException("as intended");
        }
        if (shown.text().startsWith("ticket~asked") && !answered) {
            return new Authentication.Pending(() -> answered);
        }
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
    void ticket_othersAreAskedFor_countsUntilTheAnswer() {
        for (int i = 0; i < 3; i++) {
            assertThat(show("asked" + i, "a")).isInstanceOf(Authentication.Pending.class);
        }
        Authentication.Pending waiting = (Authentication.Pending) show("asked-good", "a");
        assertThat(redeemed).as("asked").hasValue(3);
        assertThat(waiting.over().getAsBoolean()).isFalse();
        assertThat(show("asked0", "a")).as("asked again").isInstanceOf(Authentication.Pending.class);
        assertThat(show("good", "b").accepted()).as("of another address").isPresent();
        answered = true;
        assertThat(detail(show("asked0", "a"))).isEqualTo("the ticket is refused: why");
        assertThat(detail(show("asked1", "a"))).isEqualTo("the ticket is refused: why");
        assertThat(waiting.over().getAsBoolean()).as("two wrong, one open").isFalse();
        assertThat(detail(show("asked2", "a"))).isEqualTo("the ticket is refused: why");
        assertThat(waiting.over().getAsBoolean()).isTrue();
        assertThat(detail(show("asked-good", "a"))).contains("stompline.login.max-failures-per-address");
    }

    @Test
    void ticket_othersAnswerThatItIsRight_makesRoom() {
        for (String ticket : List.of("asked0", "asked1", "asked-good")) {
            show(ticket, "a");
        }
        Authentication.Pending waiting = (Authentication.Pending) show("good", "a");
        answered = true;
        assertThat(show("asked-good", "a").accepted()).isPresent();
        assertThat(waiting.over().getAsBoolean()).isTrue();
        assertThat(show("good", "a").accepted()).isPresent();
    }

    @Test
    void ticket_clientLeavesBeforeTheAnswer_countsForTheLockTime() {
        for (int i = 0; i < 3; i++) {
            show("asked" + i, "a");
        }
        answered = true;
        assertThat(show("good", "a")).isInstanceOf(Authentication.Pending.class);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(show("good", "a").accepted()).isPresent();
    }

    @Test
    void ticket_checkThatFails_isNoGuess() {
        for (int i = 0; i < 10; i++) {
            String ticket = i + "fault";
            assertThatThrownBy(() -> show(ticket, "a")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(show("good", "a").accepted()).isPresent();
    }

    @Test
    void ticket_withoutALimit_neverWaits() {
        Access unlimited = access(0);
        for (int i = 0; i < 1_000; i++) {
            unlimited.login(new Credentials.Ticket("ticket~asked" + i), "a");
        }
        assertThat(redeemed).hasValue(1_000);
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
