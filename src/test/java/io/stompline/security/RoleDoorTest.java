package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.RoleDoor.Page;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.quota.DestinationQuota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleDoorTest {
    private static final int MAX_FAILURES = 3;

    private final Access access = new Access(
            new Admission(new Admission.Limits(0, 0, 0, 0, 0), System::nanoTime),
            Set.of(Credentials.Way.TOKEN),
            RoleDoorTest::authenticate,
            List.of(),
            TicketVerifier.NONE,
            new LoginThrottle(new LoginThrottle.Limits(MAX_FAILURES, 0, Duration.ofHours(1)), System::nanoTime),
            new Permissions(new AuthenticatedAccess(), new DestinationQuota(0, 0, () -> 0), destination -> false));
    private final List<Refused> told = new ArrayList<>();
    private final Audit audit = new Audit(told::add, System::nanoTime);
    private final RoleDoor door =
            new RoleDoor(access, Map.of(Page.METRICS, "watchers", Page.ASYNCAPI, "readers"), audit);

    private static Optional<Caller> authenticate(Credentials.Passcode shown) {
        return shown.passcode().equals("pass:" + shown.login())
                ? Optional.of(new Caller(shown.login(), Set.of(shown.login() + "s")))
                : Optional.empty();
    }

    @Test
    void role_notConfigured_isNotFound() {
        RoleDoor none = new RoleDoor(access, Map.of(), audit);
        assertThat(none.refusal(Page.METRICS, basic("watcher:pass:watcher"), "a"))
                .hasValue(404);
    }

    @Test
    void role_callerWithIt_isLetIn() {
        assertThat(door.refusal(Page.METRICS, basic("watcher:pass:watcher"), "a"))
                .isEmpty();
        assertThat(door.refusal(Page.METRICS, basic("user:pass:user"), "a")).hasValue(403);
        assertThat(door.refusal(Page.METRICS, basic("watcher:wrong"), "a")).hasValue(401);
    }

    @Test
    void page_each_hasARoleOfItsOwn() {
        assertThat(door.refusal(Page.ASYNCAPI, basic("reader:pass:reader"), "a"))
                .isEmpty();
        assertThat(door.refusal(Page.ASYNCAPI, basic("watcher:pass:watcher"), "a"))
                .hasValue(403);
        assertThat(told).extracting(Refused::what).containsExactly(Refused.What.ASYNCAPI);
    }

    @Test
    void credentials_missingOrMalformed_areAskedFor() {
        assertThat(door.refusal(Page.METRICS, Optional.empty(), "a")).hasValue(401);
        for (String header : new String[] {"", "Basic", "Basic !", "Bearer eDp5", "Basic eA=="}) {
            assertThat(door.refusal(Page.METRICS, Optional.of(header), "a"))
                    .as(header)
                    .hasValue(401);
        }
    }

    @Test
    void refusal_each_isTold() {
        door.refusal(Page.METRICS, basic("watcher:wrong"), "a");
        door.refusal(Page.METRICS, basic("user:pass:user"), "a");
        door.refusal(Page.METRICS, Optional.of("Bearer eDp5"), "a");
        assertThat(told)
                .extracting(refused ->
                        refused.what() + " " + refused.user() + " " + refused.address() + " " + refused.reason())
                .containsExactly(
                        "METRICS Optional[watcher] a the server did not accept the login and passcode",
                        "METRICS Optional[user] a the user has not the role of stompline.metrics.role",
                        "METRICS Optional.empty a the header Authorization has no login and passcode of HTTP Basic");
    }

    @Test
    void request_withoutCredentials_isAskedForThemAndNotTold() {
        door.refusal(Page.METRICS, Optional.empty(), "a");
        assertThat(told).isEmpty();
    }

    @Test
    void credentials_guessed_lockTheLoginAtTheAddress() {
        for (int i = 0; i < MAX_FAILURES; i++) {
            assertThat(door.refusal(Page.METRICS, basic("watcher:guess" + i), "a"))
                    .hasValue(401);
        }
        assertThat(door.refusal(Page.METRICS, basic("watcher:pass:watcher"), "a"))
                .hasValue(401);
        assertThat(door.refusal(Page.METRICS, basic("watcher:pass:watcher"), "b"))
                .isEmpty();
    }

    private static Optional<String> basic(String credentials) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
}
