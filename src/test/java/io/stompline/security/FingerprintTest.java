package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Fingerprint fingerprint = new Fingerprint();

    @Test
    void fingerprint_sameGuess_isTheSame() {
        assertThat(of(fingerprint, "ann", "secret")).isEqualTo(of(fingerprint, "ann", "secret"));
    }

    @Test
    void fingerprint_otherLoginOrPasscode_isAnother() {
        assertThat(of(fingerprint, "ann", "secret"))
                .isNotEqualTo(of(fingerprint, "bob", "secret"))
                .isNotEqualTo(of(fingerprint, "ann", "secrets"));
        assertThat(of(fingerprint, "ann", "bsecret")).isNotEqualTo(of(fingerprint, "annb", "secret"));
    }

    /** Whoever reads one out of the memory of a server cannot look it up in a table made elsewhere. */
    @Test
    void fingerprint_ofAnotherServer_isAnother() {
        assertThat(of(new Fingerprint(), "ann", "secret")).isNotEqualTo(of(fingerprint, "ann", "secret"));
    }

    private static long of(Fingerprint fingerprint, String login, String passcode) {
        return fingerprint.of(new Credentials.Passcode(login, passcode));
    }
}
