package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.routing.BusException;
import io.stompline.routing.InMemoryBus;
import io.stompline.security.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not allowed is told by a message and does not end the connection. */
class StompSessionDeniedTest {
    private final TestNode node = new TestNode(Rules.denyingByMessage());
    private final TestClient ann = node.connected("ann");

    StompSessionDeniedTest() {
        node.control = (caller, action, destination) -> destination.name().startsWith("secret")
                ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no rule allows this"))
                : Optional.empty();
    }

    @Test
    void denied_send_hasNoReceiptAndIsNotPublished() {
        ann.publish("/topic/secret", "1", "receipt", "r");
        ann.publish("/topic/open", "2", "receipt", "s");
        assertThat(ann.received()).containsExactly("receipt s");
        assertThat(node.application.handled()).containsExactly("denied /topic/secret");
        assertThat(node.listener.events())
                .containsExactly(
                        "connected ann", "refused ann: no rule allows this, in SEND destination '/topic/secret'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void denied_hint_isInTheAuditAloneNotForTheClient(boolean ends) {
        TestNode shut = new TestNode(ends ? Rules.usual() : Rules.denyingByMessage());
        shut.control = (caller, action, destination) -> Optional.of(new Refusal(
                Refusal.Reason.FORBIDDEN, "no rule allows this", Optional.of("a rule such as x would allow it")));
        TestClient bob = shut.connected("bob");
        bob.publish("/topic/secret", "1");
        assertThat(shut.listener.events())
                .contains("refused bob: no rule allows this, in SEND destination '/topic/secret';"
                        + " a rule such as x would allow it")
                .noneMatch(event -> event.startsWith("disconnected") && event.contains("such as"));
        assertThat(shut.application.details()).isEqualTo(ends ? List.of() : List.of("no rule allows this"));
        assertThat(bob.received()).isEqualTo(ends ? List.of("error: destination not allowed") : List.of());
        if (ends) {
            assertThat(bob.last().body().text().orElseThrow())
                    .startsWith("no rule allows this")
                    .doesNotContain("such as");
        }
    }

    @Test
    void denied_subscribe_leavesTheOthers() {
        ann.subscribe("open", "/topic/open");
        ann.subscribe("s", "/topic/secret", "receipt", "r");
        node.connected("bob").publish("/topic/open", "1");
        assertThat(ann.received()).containsExactly("open: 1");
        assertThat(ann.wire.closed()).isEmpty();
    }

    @Test
    void denied_subscribe_mayBeUnsubscribedOnce() {
        ann.subscribe("s", "/topic/secret");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r");
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        assertThat(ann.received()).containsExactly("receipt r", "error: unknown subscription");
    }

    @Test
    void denied_subscribe_idIsFree() {
        ann.subscribe("s", "/topic/secret");
        ann.subscribe("s", "/topic/open");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r");
        ann.publish("/topic/open", "1");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void denied_subscribeWithTheIdOfAnOpenOne_leavesThatToItsUnsubscribe() {
        ann.subscribe("s", "/topic/open");
        ann.subscribe("s", "/topic/secret");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r");
        ann.publish("/topic/open", "1");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void denied_subscribe_isForgottenWhenItsIdIsInUse() {
        ann.subscribe("s", "/topic/secret");
        ann.subscribe("s", "/topic/open");
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: unknown subscription");
    }

    @Test
    void denied_durableSubscription_cannotBeDeleted() {
        ann.subscribe("s", "/topic/secret", "durable", "true");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "durable", "true", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void denied_subscribeWithoutId_mayBeUnsubscribedOnce() {
        TestClient old = node.connected("old", Version.V1_0);
        old.send(Command.SUBSCRIBE, "destination", "/topic/secret");
        old.send(Command.UNSUBSCRIBE, "destination", "/topic/secret", "receipt", "r");
        old.send(Command.UNSUBSCRIBE, "destination", "/topic/secret");
        assertThat(old.received()).containsExactly("receipt r", "error: unknown subscription");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nope | | | invalid destination",
                "/topic/a/# | | | invalid destination",
                "/user/bob/queue/x | | | invalid destination",
                "/app/unknown | | | invalid destination",
                "/topic/a | selector | no selector | invalid selector",
                "/topic/a | selector | JMSExpiration > 0 | invalid selector",
                "/topic/a | durable | true | durable subscription in use"
            })
    void denied_subscribeThatCannotBe_isAMessageToo(String destination, String name, String value, String problem) {
        ann.subscribe("errors", "/user/queue/errors");
        node.bus.failNext(
                InMemoryBus.Call.OPEN,
                new BusException(
                        problem.contains("selector") ? BusException.Reason.BAD_SELECTOR : BusException.Reason.IN_USE,
                        "as intended"));
        String header = Optional.ofNullable(name).orElse("x");
        ann.subscribe("s", destination, header, Optional.ofNullable(value).orElse("y"), "receipt", "r");
        assertThat(ann.received())
                .singleElement()
                .asString()
                .startsWith("errors: " + problem + ", SUBSCRIBE id 's' destination '" + destination + "': ");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "u");
        ann.publish("/topic/open", "1", "receipt", "p");
        assertThat(ann.received()).containsExactly("receipt u", "receipt p");
    }

    @Test
    void denied_subscribeAboveTheLimit_isAMessageToo() {
        ann.subscribe("errors", "/user/queue/errors");
        for (int i = 1; i <= 4; i++) {
            ann.subscribe("s" + i, "/topic/" + i);
        }
        assertThat(ann.received()).singleElement().asString().startsWith("errors: limit exceeded, SUBSCRIBE id 's4'");
        ann.send(Command.UNSUBSCRIBE, "id", "s1");
        ann.subscribe("s4", "/topic/4", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void denied_subscribeThatCannotBeAndNobodyListens_isAnError() {
        ann.subscribe("s", "/nope", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: invalid destination");
    }

    @Test
    void denied_brokerIsAwayAndTheClientListens_isAMessage() {
        ann.subscribe("errors", "/user/queue/errors");
        ann.subscribe("s", "/topic/secret/not-taken");
        assertThat(ann.received()).singleElement().asString().startsWith("errors: not allowed, SUBSCRIBE");
    }

    @Test
    void denied_badHeaderOfSubscribeAndBadDestinationOfSend_areErrors() {
        ann.subscribe("s", "/topic/a", "durable", "perhaps");
        assertThat(ann.received()).containsExactly("error: invalid header");
        TestClient bob = node.connected("bob");
        bob.publish("/nope", "1");
        assertThat(bob.received()).containsExactly("error: invalid destination");
    }

    @Test
    void denied_subscribeWithoutIdToAnInvalidDestination_isAMessage() {
        TestClient old = node.connected("old", Version.V1_0);
        old.subscribe("errors", "/user/queue/errors");
        old.send(Command.SUBSCRIBE, "destination", "/nope");
        assertThat(old.received()).singleElement().asString().startsWith("errors: invalid destination");
    }

    @Test
    void denied_moreOftenThanAllowed_isAnError() {
        for (int i = 0; i < 101; i++) {
            ann.publish("/topic/secret", "1");
        }
        assertThat(ann.received()).containsExactly("error: destination not allowed");
        assertThat(node.application.handled()).hasSize(100);
    }

    @Test
    void denied_brokerIsAway_isAnErrorAtOnce() {
        ann.publish("/topic/secret/not-taken", "1");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(node.application.handled()).containsExactly("denied /topic/secret/not-taken");
        assertThat(node.listener.events())
                .contains("refused ann: no rule allows this, in SEND destination '/topic/secret/not-taken'");
    }

    @Test
    void denied_sendOfATransaction_isAnError() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/topic/secret", "1", "transaction", "t");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }
}
