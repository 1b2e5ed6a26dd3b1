package io.stompline.security.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets, where they are issued and at another node. */
class TicketOfficeTest {
    private static final Caller ANN = new Caller("ann", Set.of("users"));

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final Wires wires = new Wires();
    private final TicketOffice issuer = new TicketOffice("0000000a", wires, nanos::get);
    private final TicketOffice other = new TicketOffice("0000000b", wires, nanos::get);

    /** A question on its way. */
    private record Question(String node, String id, String fingerprint) {}

    /** The way between the two, on which questions wait until a test lets them pass. */
    private static final class Wires implements OtherNodes {
        private final List<Question> questions = new ArrayList<>();
        private boolean broken;

        @Override
        public boolean isThere(String node) {
            return node.equals("0000000a");
        }

        @Override
        public boolean ask(String node, String question, String fingerprint) {
            return !broken && questions.add(new Question(node, question, fingerprint));
        }
    }

    private static Credentials.Ticket shown(String ticket) {
        return new Credentials.Ticket(ticket);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Questions reach the issuer, and its answers the other node. */
    private void carry() {
        wires.questions.forEach(question -> other.answered(question.id(), issuer.take(question.fingerprint())));
        wires.questions.clear();
    }

    @Test
    void ticket_issued_letsItsUserInOnce() {
        String ticket = issuer.issue(ANN);
        assertThat(issuer.redeem(shown(ticket))).isEqualTo(new Authentication.Accepted(ANN));
        assertThat(issuer.redeem(shown(ticket))).isEqualTo(TicketOffice.REFUSED);
    }

    @Test
    void ticket_text_is128RandomBitsThatNoTokenBeginsWith() {
        assertThat(issuer.issue(ANN))
                .matches("ticket~0000000a~[A-Za-z0-9_-]{22}")
                .isNotEqualTo(issuer.issue(ANN));
        assertThat(Credentials.Ticket.isOne(issuer.issue(ANN))).isTrue();
    }

    @Test
    void ticket_secret_isInNoText() {
        TicketText ticket = TicketText.next("0000000a");
        assertThat(ticket.toString() + ticket.fingerprint() + shown(ticket.text()))
                .doesNotContain(ticket.secret());
    }

    @Test
    void ticket_atTheSameInstant_letsOneIn() throws Exception {
        int clients = 8;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (int round = 0; round < 200; round++) {
                String ticket = issuer.issue(ANN);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Authentication>> all = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    Callable<Authentication> login = () -> {
                        start.await();
                        return issuer.redeem(shown(ticket));
                    };
                    all.add(threads.submit(login));
                }
                start.countDown();
                int in = 0;
                for (Future<Authentication> one : all) {
                    in += one.get().accepted().isPresent() ? 1 : 0;
                }
                assertThat(in).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ticket_after30Seconds_isRefused() {
        String first = issuer.issue(ANN);
        String second = issuer.issue(ANN);
        pass(Duration.ofSeconds(30));
        assertThat(issuer.redeem(shown(first)).accepted()).contains(ANN);
        pass(Duration.ofNanos(1));
        assertThat(issuer.redeem(shown(second))).isEqualTo(TicketOffice.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket~",
                "ticket~0000000a~",
                "ticket~0000000a~AAAAAAAAAAAAAAAAAAAAAA",
                "ticket~0000000a~AAAAAAAAAAAAAAAAAAAAAAA",
                "ticket~0000000A~AAAAAAAAAAAAAAAAAAAAAA",
                "ticket~0000000a~AAAAAAAAAAAAAAAAAAAAA~",
                "ticket~0000000b~AAAAAAAAAAAAAAAAAAAAAA~AAAAAAAAAAAAAAAAAAAAAA"
            })
    void ticket_neverIssued_isRefused(String text) {
        issuer.issue(ANN);
        assertThat(issuer.redeem(shown(text))).isEqualTo(TicketOffice.REFUSED);
    }

    @Test
    void issue_tooManyOfOneUser_isRefusedToThatUserOnly() {
        String first = issuer.issue(ANN);
        for (int i = 1; i < Tickets.MAX_PER_USER; i++) {
            issuer.issue(ANN);
        }
        assertThatThrownBy(() -> issuer.issue(ANN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no ticket is issued: this user has 100 that were not shown yet; each is good for 30 s");
        issuer.issue(Caller.named("bob"));
        assertThat(issuer.redeem(shown(first)).accepted()).contains(ANN);
        issuer.issue(ANN);
        assertThatThrownBy(() -> issuer.issue(ANN)).isInstanceOf(IllegalStateException.class);
        pass(Duration.ofSeconds(31));
        for (int i = 0; i < Tickets.MAX_PER_USER; i++) {
            issuer.issue(ANN);
        }
    }

    @Test
    void issue_tooManyOfAll_isRefusedAndDropsNone() {
        String first = issuer.issue(ANN);
        for (int i = 1; i < Tickets.MAX; i++) {
            issuer.issue(Caller.named("user" + i));
        }
        assertThatThrownBy(() -> issuer.issue(Caller.named("bob"))).hasMessageContaining("50000 were not shown yet");
        assertThat(issuer.redeem(shown(first)).accepted()).contains(ANN);
        issuer.issue(Caller.named("bob"));
    }

    @Test
    void otherNode_ticket_isAskedForAndLetsOneIn() {
        String ticket = issuer.issue(ANN);
        Authentication.Pending pending = (Authentication.Pending) other.redeem(shown(ticket));
        assertThat(other.redeem(shown(ticket))).isInstanceOf(Authentication.Pending.class);
        assertThat(wires.questions).singleElement().satisfies(question -> {
            assertThat(question.node()).isEqualTo("0000000a");
            assertThat(ticket).doesNotContain(question.fingerprint());
        });
        assertThat(pending.over().getAsBoolean()).isFalse();
        carry();
        assertThat(pending.over().getAsBoolean()).isTrue();
        assertThat(other.redeem(shown(ticket)).accepted()).contains(ANN);
        other.redeem(shown(ticket));
        carry();
        assertThat(other.redeem(shown(ticket))).isEqualTo(TicketOffice.REFUSED);
        assertThat(issuer.redeem(shown(ticket))).isEqualTo(TicketOffice.REFUSED);
    }

    @Test
    void otherNode_ticketThatWasShownToTheIssuer_isRefused() {
        String ticket = issuer.issue(ANN);
        issuer.redeem(shown(ticket));
        other.redeem(shown(ticket));
        carry();
        assertThat(other.redeem(shown(ticket))).isEqualTo(TicketOffice.REFUSED);
    }

    @Test
    void otherNode_answerThatNobodyFetchedInTime_doesNotCount() {
        String ticket = issuer.issue(ANN);
        other.redeem(shown(ticket));
        carry();
        pass(ForeignTickets.PATIENCE.plusNanos(1));
        assertThat(other.redeem(shown(ticket))).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void otherNode_silentGoneOrOutOfReach_isRefused() {
        String ticket = issuer.issue(ANN);
        Authentication.Pending pending = (Authentication.Pending) other.redeem(shown(ticket));
        pass(ForeignTickets.PATIENCE.plusNanos(1));
        assertThat(pending.over().getAsBoolean()).isTrue();
        Authentication silent = other.redeem(shown(ticket));
        assertThat(silent)
                .isEqualTo(new Authentication.Refused(
                        "the ticket is refused: the server that issued it cannot be asked", false));
        wires.broken = true;
        assertThat(other.redeem(shown(ticket))).isEqualTo(silent);
        assertThat(other.redeem(shown(ticket.replace("0000000a", "0000000c")))).isEqualTo(silent);
    }

    @Test
    void otherNode_tooManyQuestions_makeTheNextOneWaitAndDropNone() {
        String honest = issuer.issue(ANN);
        other.redeem(shown(honest));
        for (int i = 1; i < ForeignTickets.MAX_OPEN; i++) {
            other.redeem(shown(TicketText.next("0000000a").text()));
        }
        String next = issuer.issue(ANN);
        Authentication.Pending waiting = (Authentication.Pending) other.redeem(shown(next));
        assertThat(wires.questions).hasSize(ForeignTickets.MAX_OPEN);
        assertThat(waiting.over().getAsBoolean()).isFalse();
        carry();
        assertThat(other.redeem(shown(honest)).accepted()).contains(ANN);
        assertThat(waiting.over().getAsBoolean()).isTrue();
        other.redeem(shown(next));
        carry();
        assertThat(other.redeem(shown(next)).accepted()).contains(ANN);
    }

    @Test
    void otherNode_questionsOfClientsThatHaveGone_makeRoom() {
        for (int i = 0; i < ForeignTickets.MAX_OPEN; i++) {
            other.redeem(shown(TicketText.next("0000000a").text()));
        }
        String ticket = issuer.issue(ANN);
        Authentication.Pending waiting = (Authentication.Pending) other.redeem(shown(ticket));
        wires.questions.clear();
        pass(ForeignTickets.PATIENCE);
        assertThat(waiting.over().getAsBoolean()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(waiting.over().getAsBoolean()).isTrue();
        other.redeem(shown(ticket));
        carry();
        assertThat(other.redeem(shown(ticket)).accepted()).contains(ANN);
    }

    @Test
    void otherNode_answersToNoQuestion_areIgnored() {
        String ticket = issuer.issue(ANN);
        other.redeem(shown(ticket));
        other.answered("another", Optional.of(Caller.named("eve")));
        assertThat(other.redeem(shown(ticket))).isInstanceOf(Authentication.Pending.class);
    }
}
