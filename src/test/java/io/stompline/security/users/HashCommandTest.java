package io.stompline.security.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"'correct horse', 'correct horse'", "'ünï\n', ünï", "'x\r\n', x", "' x \n', ' x '"})
    void hash_passcode_givesALineOfTheFile(String input, String passcode) throws IOException {
        assertThat(hash(input, "ann", "user,admin")).isZero();
        Users users = Users.parse(out.toString(StandardCharsets.UTF_8));
        assertThat(users.check(new Credentials.Passcode("ann", passcode), KeyDerivation.PBKDF2))
                .hasValue(new Caller("ann", Set.of("user", "admin")));
        assertThat(faults.size()).isZero();
    }

    @Test
    void hash_withoutRoles_isAUserWithout() throws IOException {
        assertThat(hash("secret", "ann@example.org")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("ann@example.org:$pbkdf2-sha512$v=1$i=210000$")
                .endsWith(":" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "secret, ann,     user,   secret, usage: hash NAME",
        "secret, a:b,     '',     ,       a name must not be empty",
        "secret, #ann,    '',     ,       a name must not be empty",
        "secret, ann,     'a b',  ,       roles are separated by commas",
        "secret, ann,     'a,',   ,       roles are separated by commas",
        "'',     ann,     '',     ,       a passcode must be",
        "'\n',   ann,     '',     ,       a passcode must be",
        "'a\nb', ann,     '',     ,       a passcode must be",
    })
    void hash_faulty_printsNoLine(String input, String name, String roles, String more, String fault)
            throws IOException {
        String[] arguments = more == null ? new String[] {name, roles} : new String[] {name, roles, more};
        assertThat(hash(input, arguments)).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(faults.toString(StandardCharsets.UTF_8)).startsWith(fault).doesNotContain("secret");
    }

    @Test
    void hash_octetsThatAreNotUtf8_areAFault() throws IOException {
        assertThat(hash(new byte[] {'a', (byte) 0xff}, List.of("ann"))).isEqualTo(1);
        assertThat(faults.toString(StandardCharsets.UTF_8)).startsWith("a passcode must be UTF-8");
    }

    private int hash(String input, String... arguments) throws IOException {
        return hash(input.getBytes(StandardCharsets.UTF_8), Arrays.asList(arguments));
    }

    private int hash(byte[] input, List<String> arguments) throws IOException {
        return HashCommand.run(
                arguments,
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(faults, true, StandardCharsets.UTF_8));
    }
}
