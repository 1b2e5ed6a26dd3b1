package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import io.stompline.security.quota.DestinationQuota;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    private static final Caller ANN = Caller.named("ann");

    private static final Predicate<Destination> OF_BROKER =
            destination -> (destination.name().replace('/', '.') + ".").startsWith("mq.");

    private final Permissions permissions =
            new Permissions(new AuthenticatedAccess(), new DestinationQuota(2, 2, () -> 0), OF_BROKER);

    @ParameterizedTest
    @CsvSource({
        "/topic/news, true",
        "/queue/orders, true",
        "/topic/*, true",
        "/topic/**, true",
        "/topic/stompline, true",
        "/topic/stomplines/x, true",
        "/topic/mqtt, true",
        "/topic/a/mq, true",
        "/queue/mq, false",
        "/queue/mq/sys/dmq, false",
        "/queue/mq.sys.dmq, false",
        "/topic/mq/metrics/jvm, false",
        "/topic/mq/*, false",
        "/topic/mq/**, false",
        "/topic/stompline/users, false",
        "/topic/stompline.users, false",
        "/topic/stompline/*, false",
        "/queue/stompline.dead, false",
        "/queue/stompline/dead, false"
    })
    void refusal_reservedNames_areRefusedWhateverTheApplicationAllows(String text, boolean allowed) {
        Destination destination = Destination.parse(text).orElseThrow();
        for (Action action : Action.values()) {
            assertThat(permissions.refusal(ANN, action, destination).isEmpty()).isEqualTo(allowed);
        }
    }

    @Test
    void refusal_ofTheApplication_isPassedOn() {
        Refusal no = new Refusal(Refusal.Reason.FORBIDDEN, "members only");
        Permissions members = new Permissions(
                (caller, action, destination) -> Optional.of(no), new DestinationQuota(0, 0, () -> 0), OF_BROKER);
        assertThat(members.refusal(ANN, Action.SUBSCRIBE, Destination.topic("room")))
                .contains(no);
    }

    @Test
    void refusal_failingAccessControl_countsAsForbidden() {
        Permissions failing = new Permissions(
                (caller, action, destination) -> {
                    throw new IllegalStateException("no database");
                },
                new DestinationQuota(0, 0, () -> 0),
                OF_BROKER);
        assertThat(failing.refusal(ANN, Action.SEND, Destination.topic("room")))
                .contains(new Refusal(Refusal.Reason.FORBIDDEN, "this user may not send to this destination"));
    }

    @Test
    void refusal_oneTopicTooMany_isALimitForEachAction() {
        assertThat(permissions.refusal(ANN, Action.SEND, Destination.topic("a")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.topic("b")))
                .isEmpty();
        for (Action action : Action.values()) {
            assertThat(permissions.refusal(ANN, action, Destination.topic("c"))).hasValueSatisfying(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.LIMIT);
                assertThat(refusal.detail()).contains("more than 2", "stompline.topic.max-per-user");
            });
            assertThat(permissions.refusal(ANN, action, Destination.topic("a"))).isEmpty();
            assertThat(permissions.refusal(Caller.named("bob"), action, Destination.topic("c")))
                    .isEmpty();
            assertThat(permissions.refusal(
                            ANN, action, Destination.parse("/app/c").orElseThrow()))
                    .isEmpty();
        }
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.topic("c/*")))
                .isEmpty();
    }

    @Test
    void refusal_oneQueueTooMany_isALimitForSendAndReplyToOnly() {
        assertThat(permissions.refusal(ANN, Action.SEND, Destination.queue("a")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.REPLY_TO, Destination.queue("b")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SEND, Destination.queue("c")))
                .map(Refusal::reason)
                .contains(Refusal.Reason.LIMIT);
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.queue("c")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SEND, Destination.queue("a")))
                .isEmpty();
    }

    @Test
    void refusal_oneQueueToReadTooMany_isALimit() {
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.queue("a")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.topic("a")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.queue("a")))
                .isEmpty();
        assertThat(permissions.refusal(ANN, Action.SUBSCRIBE, Destination.queue("b")))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.LIMIT);
                    assertThat(refusal.detail()).contains("stompline.topic.max-per-user");
                });
        assertThat(permissions.refusal(ANN, Action.SEND, Destination.queue("b")))
                .isEmpty();
    }
}
