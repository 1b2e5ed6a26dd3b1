package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Logins with tickets, and pages of other origins that need one. */
class StompSessionTicketTest {
    private static final String TICKET = "ticket~0000000a~AAAAAAAAAAAAAAAAAAAAAA";

    private final TestNode node = new TestNode();
    private final AtomicReference<Authentication> answer =
            new AtomicReference<>(new Authentication.Accepted(new Caller("ann", Set.of("users"))));

    StompSessionTicketTest() {
        node.tickets = shown -> answer.get();
    }

    private static TestClient connect(TestClient client, String... headers) {
        String[] all = new String[headers.length + 4];
        System.arraycopy(new String[] {"accept-version", "1.2", "host", "h"}, 0, all, 0, 4);
        System.arraycopy(headers, 0, all, 4, headers.length);
        client.send(Command.CONNECT, all);
        return client;
    }

    private static String body(Frame frame) {
        return frame.body().text().orElseThrow();
    }

    @Test
    void ticket_asPasscodeWithoutLogin_logsIn() {
        TestClient ann = connect(node.open(), "passcode", TICKET);
        assertThat(ann.received()).containsExactly("connected 1.2");
        assertThat(ann.session.caller()).isEqualTo(new Caller("ann", Set.of("users")));
        assertThat(ann.last().headers().has("token-expires-in")).isFalse();
    }

    @Test
    void ticket_ofANodeThatIsAsked_logsInLater() {
        answer.set(new Authentication.Pending(() -> answer.get() instanceof Authentication.Accepted));
        TestClient ann = connect(node.open(), "passcode", TICKET);
        assertThat(ann.received()).isEmpty();
        answer.set(new Authentication.Accepted(Caller.named("ann")));
        ann.pass(Duration.ofMillis(100));
        assertThat(ann.received()).containsExactly("connected 1.2");
    }

    @Test
    void ticket_refused_isAnErrorWithoutTheTicket() {
        answer.set(new Authentication.Refused("the ticket is refused: why"));
        TestClient ann = connect(node.open(), "passcode", TICKET);
        assertThat(ann.received()).containsExactly("error: access refused");
        assertThat(body(ann.last())).isEqualTo("the ticket is refused: why");
        assertThat(node.listener.events()).singleElement().asString().doesNotContain(TICKET);
    }

    @Test
    void ticket_besideALogin_isAPasscode() {
        TestClient ann = connect(node.open(), "login", "ann", "passcode", TICKET);
        assertThat(body(ann.last())).isEqualTo("the server did not accept the login and passcode");
    }

    @Test
    void origin_foreignPageWithTheContainersLoginAlone_isRefused() {
        TestClient page = connect(node.foreignPage("ann"));
        assertThat(page.received()).containsExactly("error: access refused");
        assertThat(body(page.last())).contains("StompTickets");
    }

    @Test
    void origin_foreignPageWithMore_isLetIn() {
        assertThat(connect(node.foreignPage("bob"), "passcode", TICKET).received())
                .containsExactly("connected 1.2");
        TestClient passcode = connect(node.foreignPage("bob"), "login", "carl", "passcode", "carl");
        assertThat(passcode.session.caller().name()).isEqualTo("carl");
        node.tokens = shown -> new Authentication.Accepted(Caller.named("dora"));
        TestClient token = connect(node.foreignPage("bob"), "Authorization", "Bearer x");
        assertThat(token.session.caller().name()).isEqualTo("dora");
    }
}
