package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final Credentials TOKEN = new Credentials.Token("a.b.c");

    @Test
    void authorization_bearer_isATokenWhateverElseIsThere() {
        assertThat(of(Map.of("Authorization", "Bearer a.b.c", "login", "ann", "passcode", "secret")))
                .isEqualTo(TOKEN);
        assertThat(of(Map.of("authorization", "bearer  a.b.c "))).isEqualTo(TOKEN);
        assertThat(of(Map.of("Authorization", "Bearer a.b.c", "authorization", "Bearer d.e.f")))
                .isEqualTo(TOKEN);
    }

    @Test
    void authorization_otherScheme_isIgnored() {
        assertThat(of(Map.of("Authorization", "Basic YTpi", "login", "ann", "passcode", "secret")))
                .isEqualTo(new Credentials.Passcode("ann", "secret"));
        assertThat(of(Map.of("Authorization", "Bearer"))).isEqualTo(new Credentials.None());
    }

    @Test
    void login_withOrWithoutPasscode_isAPasscode() {
        assertThat(of(Map.of("login", "ann", "passcode", "secret")))
                .isEqualTo(new Credentials.Passcode("ann", "secret"));
        assertThat(of(Map.of("login", "ann"))).isEqualTo(new Credentials.Passcode("ann", ""));
        assertThat(of(Map.of("login", "ann", "passcode", "ticket~1")))
                .isEqualTo(new Credentials.Passcode("ann", "ticket~1"));
    }

    @Test
    void passcode_alone_isATicketOrAToken() {
        assertThat(of(Map.of("passcode", "ticket~1"))).isEqualTo(new Credentials.Ticket("ticket~1"));
        assertThat(of(Map.of("passcode", "a.b.c"))).isEqualTo(TOKEN);
        assertThat(of(Map.of("passcode", "a.b.c"), false)).isEqualTo(new Credentials.None());
    }

    @Test
    void connect_withoutAny_hasNone() {
        assertThat(of(Map.of())).isEqualTo(new Credentials.None());
    }

    private static Credentials of(Map<String, String> headers) {
        return of(headers, true);
    }

    private static Credentials of(Map<String, String> headers, boolean loneTokens) {
        return Credentials.ofConnect(name -> Optional.ofNullable(headers.get(name)), loneTokens);
    }
}
