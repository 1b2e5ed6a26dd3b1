package io.stompline.security.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasscodeHashTest {
    private static final String SALT = "c2FsdHNhbHRzYWx0c2FsdA";
    private static final String KEY = "A".repeat(86);

    /** Another implementation says so: Python's {@code hashlib.pbkdf2_hmac('sha512', …, 1)} and {@code 4096}. */
    @Test
    void derivation_knownVectors_areMet() {
        assertThat(hex("password", "salt", 1)).startsWith("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5");
        assertThat(hex("password", "salt", 4096)).startsWith("d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f8");
        assertThat(hex("p\u00e4ssw\u00f6rd", "salt", 1)).startsWith("862deff2390810f1cd015dae351a19e6ca0f3aff049e4857");
    }

    @Test
    void hash_textForm_knowsItsPasscodeOnly() {
        PasscodeHash made = PasscodeHash.of("correct horse");
        assertThat(made.text()).startsWith("$pbkdf2-sha512$v=1$i=210000$").doesNotContain(":");
        PasscodeHash read = PasscodeHash.parse(made.text());
        assertThat(read.text()).isEqualTo(made.text());
        assertThat(read.matches("correct horse", 0, KeyDerivation.PBKDF2)).isTrue();
        assertThat(read.matches("correct horses", 0, KeyDerivation.PBKDF2)).isFalse();
        assertThat(read.matches("", 0, KeyDerivation.PBKDF2)).isFalse();
        assertThat(PasscodeHash.of("correct horse").text()).isNotEqualTo(made.text());
        assertThat(made).asString().isEqualTo("hash of a passcode");
    }

    @ParameterizedTest
    @CsvSource({
        "correct horse,                               the hash must begin with $pbkdf2-sha512$v=1$",
        "$2b$12$abcdefghijklmnopqrstuv,               the hash must begin with $pbkdf2-sha512$v=1$",
        "$pbkdf2-sha512$v=2$i=210000$SALT$KEY,        the hash must begin with $pbkdf2-sha512$v=1$",
        "$pbkdf2-sha512$v=1$i=many$SALT$KEY,          a hash is: $pbkdf2-sha512$v=1$i=ITERATIONS$SALT$KEY",
        "$pbkdf2-sha512$v=1$i=210000$SALT,            a hash is: $pbkdf2-sha512$v=1$i=ITERATIONS$SALT$KEY",
        "$pbkdf2-sha512$v=1$i=210000$SALT$KEY==,      a hash is: $pbkdf2-sha512$v=1$i=ITERATIONS$SALT$KEY",
        "$pbkdf2-sha512$v=1$i=209999$SALT$KEY,        the hash must have 210000 to 10000000 iterations",
        "$pbkdf2-sha512$v=1$i=10000001$SALT$KEY,      the hash must have 210000 to 10000000 iterations",
        "$pbkdf2-sha512$v=1$i=210000$c2FsdA$KEY,      the salt must have 16 to 64 octets",
        "$pbkdf2-sha512$v=1$i=210000$SALT$c2FsdA,     the key must have 64 octets",
        "$pbkdf2-sha512$v=1$i=210000$SALT$c2Fsd,      salt and key must be Base64 without padding",
    })
    void hash_faultyText_isNotShown(String text, String fault) {
        assertThatThrownBy(() -> PasscodeHash.parse(text.replace("SALT", SALT).replace("KEY", KEY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault)
                .hasNoCause();
    }

    private static String hex(String passcode, String salt, int iterations) {
        return HexFormat.of()
                .formatHex(KeyDerivation.PBKDF2.derive(passcode, salt.getBytes(StandardCharsets.UTF_8), iterations));
    }
}
