package io.stompline.beans.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.ticket.OtherNodes;
import io.stompline.security.ticket.TicketOffice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Callers of tickets, between two nodes. */
class RedeemedTest {
    private static final Instant END = Instant.parse("2026-01-01T00:00:00.123Z");

    private final TicketOffice issuer = new TicketOffice("0000000a", new Alone(), () -> 0);
    private TicketOffice other = new TicketOffice("0000000b", new Asking(), () -> 0);

    /** Asks nobody. */
    private static final class Alone implements OtherNodes {
        @Override
        public boolean isThere(String node) {
            return false;
        }

        @Override
        public boolean ask(String node, String question, String fingerprint) {
            return false;
        }
    }

    /** Asks the issuer, whose answer comes as text. */
    private final class Asking implements OtherNodes {
        @Override
        public boolean isThere(String node) {
            return true;
        }

        @Override
        public boolean ask(String node, String question, String fingerprint) {
            String answer = issuer.take(fingerprint).map(Redeemed::write).orElse("");
            other.answered(question, Redeemed.read(answer));
            return true;
        }
    }

    private Authentication redeemedElsewhere(Caller caller) {
        Credentials.Ticket ticket = new Credentials.Ticket(issuer.issue(caller));
        assertThat(other.redeem(ticket)).isInstanceOf(Authentication.Pending.class);
        return other.redeem(ticket);
    }

    @Test
    void ticket_ofATokenAtAnotherNode_endsWithIt() {
        Caller ann = Caller.ofToken("ann", Set.of("users"), Map.of("sub", "4711"), END);
        assertThat(redeemedElsewhere(ann)).isEqualTo(new Authentication.Accepted(ann));
    }

    @Test
    void ticket_ofACertificateAtAnotherNode_endsWithIt() {
        Caller ann = new Caller("ann", Set.of("users"), Map.of(), Optional.of(END));
        assertThat(redeemedElsewhere(ann)).isEqualTo(new Authentication.Accepted(ann));
    }

    @Test
    void ticket_withoutAnEndAtAnotherNode_hasNone() {
        Caller ann = new Caller("ann", Set.of("users"));
        assertThat(redeemedElsewhere(ann)).isEqualTo(new Authentication.Accepted(ann));
    }

    @Test
    void answer_ofANodeOfAnotherVersion_isRead() {
        assertThat(Redeemed.read("{\"name\":\"ann\",\"roles\":[\"users\"]}"))
                .contains(new Caller("ann", Set.of("users")));
        assertThat(Redeemed.read("{\"name\":\"ann\",\"roles\":[],\"later\":{\"x\":1}}"))
                .contains(Caller.named("ann"));
    }

    @Test
    void answer_thatIsNone_isNobody() {
        assertThat(Redeemed.read("")).isEmpty();
        assertThat(Redeemed.read("[]")).isEmpty();
        assertThat(Redeemed.read("{\"name\":\"ann\",\"roles\":[]}" + " ".repeat(Redeemed.MAX_CHARS)))
                .isEmpty();
    }

    @Test
    void issue_ofALargeCaller_isRefused() {
        Redeemed.checkSize(new Caller("ann", Set.of("x".repeat(60_000))));
        assertThatIllegalStateException()
                .isThrownBy(() -> Redeemed.checkSize(new Caller("ann", Set.of("x".repeat(70_000)))))
                .withMessageContaining("at most 65536");
    }
}
