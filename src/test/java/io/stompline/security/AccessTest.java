package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.quota.DestinationQuota;
import io.stompline.security.token.TokenVerifier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
    private static final Caller ANN = new Caller("ann", Set.of("user"));
    private static final String ADDRESS = "192.0.2.1";

    private int checks;

    private final TokenVerifier tokens = token -> token.text().equals("right")
            ? new Authentication.Accepted(ANN)
            : new Authentication.Refused("the token is wrong");

    private Access access(Set<Credentials.Way> ways) {
        return new Access(
                new Admission(new Admission.Limits(0, 0, 0, 0, 0), () -> 0),
                ways,
                shown -> {
                    checks++;
                    return shown.passcode().equals("right") ? Optional.of(ANN) : Optional.empty();
                },
                List.of(tokens),
                ticket -> {
                    checks++;
                    return new Authentication.Accepted(ANN);
                },
                new LoginThrottle(new LoginThrottle.Limits(2, 0, Duration.ofMinutes(1)), () -> 0),
                new Permissions(new AuthenticatedAccess(), new DestinationQuota(0, 0, () -> 0), destination -> false));
    }

    private final Access open = access(EnumSet.allOf(Credentials.Way.class));

    private static Credentials credentials(Credentials.Way way) {
        return switch (way) {
            case TOKEN -> new Credentials.Token("right");
            case PASSCODE -> new Credentials.Passcode("ann", "right");
            case CONTAINER -> new Credentials.ContainerCaller(ANN, false);
            case TICKET -> new Credentials.Ticket("ticket~right");
        };
    }

    private static String refusal(Authentication authentication) {
        return ((Authentication.Refused) authentication).detail();
    }

    @ParameterizedTest
    @EnumSource
    void login_openWay_isAccepted(Credentials.Way way) {
        assertThat(open.login(credentials(way), ADDRESS).accepted()).contains(ANN);
        assertThat(access(EnumSet.of(way)).login(credentials(way), ADDRESS).accepted())
                .contains(ANN);
    }

    @ParameterizedTest
    @EnumSource
    void login_closedWay_isRefusedUnchecked(Credentials.Way way) {
        Authentication refused = access(EnumSet.complementOf(EnumSet.of(way))).login(credentials(way), ADDRESS);
        assertThat(refusal(refused)).isEqualTo("logins by " + way.word() + " are closed here (stompline.login.ways)");
        assertThat(refused.accepted()).isEmpty();
        assertThat(checks).isZero();
    }

    @Test
    void login_wrongToken_isRefusedByTheVerifier() {
        assertThat(refusal(open.login(new Credentials.Token("wrong"), ADDRESS))).isEqualTo("the token is wrong");
    }

    @Test
    void login_nothingShown_isRefused() {
        assertThat(refusal(open.login(new Credentials.None(), ADDRESS))).contains("neither a header login nor a token");
        assertThat(refusal(access(Set.of()).login(new Credentials.None(), ADDRESS)))
                .contains("neither a header login nor a token");
        assertThat(checks).isZero();
    }

    @Test
    void login_wrongPasscodes_lockTheLoginAtThisAddress() {
        assertThat(refusal(open.login(new Credentials.Passcode("ann", "1"), ADDRESS)))
                .contains("did not accept");
        assertThat(refusal(open.login(new Credentials.Passcode("ann", "2"), ADDRESS)))
                .contains("too many logins failed", "stompline.login.max-failures");
        assertThat(refusal(open.login(new Credentials.Passcode("ann", "right"), ADDRESS)))
                .contains("too many logins failed");
        assertThat(checks).isEqualTo(2);
        assertThat(open.login(new Credentials.Passcode("ann", "right"), "192.0.2.2")
                        .accepted())
                .contains(ANN);
    }

    @Test
    void credentials_text_hasNoSecretAndNoControlCharacters() {
        assertThat(new Credentials.Passcode("a\nb\u202e\u2028", "hidden")).hasToString("passcode of a?b??");
        assertThat(new Credentials.Token("hidden")).hasToString("token");
    }

    @Test
    void tokenVerifier_none_takesNoToken() {
        assertThat(refusal(TokenVerifier.NONE.verify(new Credentials.Token("right"))))
                .contains("stompline.token.keys");
        assertThat(TokenVerifier.NONE.takesLoneTokens()).isFalse();
        assertThat(tokens.takesLoneTokens()).isTrue();
    }
}
