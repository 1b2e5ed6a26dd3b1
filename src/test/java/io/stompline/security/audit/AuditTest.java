package io.stompline.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final List<Refused> heard = new ArrayList<>();
    private final LogLines log = new LogLines(Audit.class);
    private long nanos = Duration.ofDays(1).toNanos();
    private final Audit audit = new Audit(heard::add, () -> nanos);

    @AfterEach
    void close() {
        log.close();
    }

    private static Refused login(String user, String address) {
        return new Refused(Refused.What.LOGIN, "s-1", address, Optional.of(user), "why");
    }

    private static Refused destination(String user, String address) {
        return new Refused(Refused.What.DESTINATION, "s-1", address, Optional.of(user), "why");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void refusal_each_isOneLineAndOneCall() {
        audit.refused(login("ann", "10.0.0.1"));
        audit.refused(login("ann", "10.0.0.1"));
        assertThat(log.all())
                .containsExactly(
                        "refused: login, user ann, address 10.0.0.1, session s-1: why",
                        "refused: login, user ann, address 10.0.0.1, session s-1: why");
        assertThat(heard).containsExactly(login("ann", "10.0.0.1"), login("ann", "10.0.0.1"));
    }

    @Test
    void refusal_withAnEventOfItsOwn_callsThatOnly() {
        List<String> events = new ArrayList<>();
        audit.refused(login("ann", "10.0.0.1"), () -> events.add("own"));
        assertThat(events).containsExactly("own");
        assertThat(heard).isEmpty();
        assertThat(log.all()).hasSize(1);
    }

    @Test
    void refusal_ofStrangersWords_isPrintable() {
        audit.refused(login("\u00e4nn\u001b[2J\n\u2028refused: login, user eve" + "x".repeat(5_000), "10.0.0.1"));
        assertThat(log.all())
                .singleElement()
                .asString()
                .startsWith("refused: login, user \u00e4nn?[2J??refused: ")
                .hasSizeLessThan(1_200);
    }

    @Test
    void refusal_before_thereIsAUserOrASession_saysSo() {
        audit.refused(Refused.early(Refused.What.HANDSHAKE, "10.0.0.1", "too many"));
        assertThat(log.warnings()).containsExactly("refused: handshake, user unknown, address 10.0.0.1: too many");
    }

    @Test
    void refusal_manyOfOneAddress_areCountedAndLeaveOthersTheirs() {
        for (int i = 0; i < 100; i++) {
            audit.refused(login("ann", "10.0.0.1"));
        }
        audit.refused(login("bob", "10.0.0.2"));
        assertThat(log.all()).hasSize(61);
        assertThat(heard).hasSize(61).last().isEqualTo(login("bob", "10.0.0.2"));
        pass(Duration.ofMinutes(1));
        audit.refused(login("ann", "10.0.0.1"));
        assertThat(log.all())
                .hasSize(63)
                .contains(
                        "refused: 40 more before a login since the last such minute began, of which no line and no event tells");
        pass(Duration.ofMinutes(1));
        audit.refused(login("ann", "10.0.0.1"));
        assertThat(log.all()).hasSize(64);
    }

    @Test
    void refusal_manyOfOneIpv6Network_areCountedTogether() {
        for (int i = 0; i < 100; i++) {
            audit.refused(login("ann", "2001:db8::" + i));
        }
        assertThat(heard).hasSize(60).last().isEqualTo(login("ann", "2001:db8::59"));
        audit.refused(login("bob", "2001:db8:0:1::1"));
        assertThat(heard).hasSize(61);
    }

    @Test
    void refusal_manyAddresses_areBounded() {
        for (int i = 0; i < 20_000; i++) {
            audit.refused(login("ann", "address-" + i));
        }
        assertThat(heard).hasSize(1_000);
    }

    @Test
    void refusal_manyOfStrangers_leaveUsersTheirs() {
        for (int i = 0; i < 2_000; i++) {
            audit.refused(login("ann", "address-" + i));
        }
        heard.clear();
        audit.refused(destination("bob", "address-1"));
        assertThat(heard).containsExactly(destination("bob", "address-1"));
    }

    @Test
    void refusal_manyOfOneUser_areCountedAndLeaveOthersOfTheAddressTheirs() {
        for (int i = 0; i < 100; i++) {
            audit.refused(destination("ann", "10.0.0." + i));
        }
        assertThat(heard).hasSize(60);
        audit.refused(destination("bob", "10.0.0.1"));
        assertThat(heard).hasSize(61);
        pass(Duration.ofMinutes(1));
        audit.refused(login("ann", "10.0.0.1"));
        assertThat(log.warnings())
                .containsExactly("refused: 40 more to users who logged in since the last such minute began,"
                        + " of which no line and no event tells");
    }

    @Test
    void refusal_manyUsers_areBounded() {
        for (int i = 0; i < 2_000; i++) {
            audit.refused(destination("user" + i, "10.0.0.1"));
        }
        assertThat(heard).hasSize(1_000);
    }

    @Test
    void refusal_renewalOrHandler_isOfAUser() {
        for (int i = 0; i < 2_000; i++) {
            audit.refused(login("ann", "address-" + i));
        }
        heard.clear();
        List<Refused> ofUsers = List.of(
                new Refused(Refused.What.RENEWAL, "s-1", "10.0.0.1", Optional.of("bob"), "why"),
                new Refused(Refused.What.HANDLER, "s-1", "10.0.0.1", Optional.of("bob"), "why"));
        ofUsers.forEach(audit::refused);
        assertThat(heard).isEqualTo(ofUsers);
    }

    @Test
    void deed_afterManyRefusals_isALine() {
        for (int i = 0; i < 2_000; i++) {
            audit.refused(login("ann", "address-" + i));
            audit.refused(destination("user" + i, "10.0.0.1"));
            audit.ended("ended by ann: session s-" + i);
        }
        assertThat(log.all().stream().filter(line -> line.startsWith("ended by")))
                .hasSize(2_000);
    }

    @Test
    void refusal_repeatedSubject_isToldOnceAMinute() {
        Refused page = Refused.early(Refused.What.REQUEST, "10.0.0.1", "a request for evil.example");
        audit.refusedAgain(page, "evil.example");
        audit.refusedAgain(page, "evil.example");
        assertThat(log.all()).hasSize(1);
        pass(Duration.ofMinutes(1));
        audit.refusedAgain(page, "evil.example");
        assertThat(heard).hasSize(2);
        assertThat(log.all()).hasSize(2);
    }

    @Test
    void deed_each_isALine() {
        audit.ended("ended by ann: session s-1\nof bob");
        assertThat(log.all()).containsExactly("ended by ann: session s-1?of bob");
    }
}
