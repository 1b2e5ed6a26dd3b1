package io.stompline.security.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.LogLines;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
    private static final String ANN = PasscodeHash.of("ann's").text();
    private static final String BOB = PasscodeHash.of("bob's").text();

    @TempDir
    private Path directory;

    private Path file;

    /** The iterations of each derivation since it was cleared. */
    private final List<Integer> iterations = new ArrayList<>();

    @BeforeEach
    void createForOwner() throws IOException {
        file = Files.createFile(
                directory.resolve("users"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void login_right_hasNameAndRoles() throws IOException {
        write("# the crew\n\nann:" + ANN + ":admin,user\n  bob:" + BOB + ":  \r\n");
        UsersFile users = UsersFile.open(file.toString());
        assertThat(login(users, "ann", "ann's")).hasValue(new Caller("ann", Set.of("admin", "user")));
        assertThat(login(users, "bob", "bob's")).hasValue(Caller.named("bob"));
        assertThat(login(users, "ann", "bob's")).isEmpty();
        assertThat(login(users, "ANN", "ann's")).isEmpty();
        assertThat(login(users, "", "")).isEmpty();
    }

    @Test
    void login_unknownName_costsAsMuchAsAKnownOne() throws IOException {
        String dear = ANN.replace("i=210000", "i=300000");
        write("ann:" + dear + ":\nbob:" + BOB + ":\n");
        UsersFile users = counted();
        for (String name : new String[] {"ann", "bob", "nobody", ""}) {
            iterations.clear();
            assertThat(login(users, name, "wrong")).isEmpty();
            assertThat(iterations.stream().mapToInt(Integer::intValue).sum())
                    .as(name)
                    .isEqualTo(300_000);
        }
    }

    @Test
    void login_noUsers_costsAsMuchAsWithSome() throws IOException {
        write("# nobody yet\n");
        assertThat(login(counted(), "ann", "ann's")).isEmpty();
        assertThat(iterations).containsExactly(PasscodeHash.ITERATIONS);
    }

    @Test
    void change_holdsForTheNextLogin() throws IOException {
        write("ann:" + ANN + ":user\n");
        UsersFile users = UsersFile.open(file.toString());
        try (LogLines log = new LogLines(UsersFile.class)) {
            write("bob:" + BOB + ":admin\n");
            assertThat(login(users, "ann", "ann's")).isEmpty();
            assertThat(login(users, "bob", "bob's")).hasValue(new Caller("bob", Set.of("admin")));
            assertThat(log.all()).containsExactly("Users of " + file + ": 1");
        }
    }

    @Test
    void change_faulty_keepsTheOldUsersAndIsLoggedOnce() throws IOException {
        write("ann:" + ANN + ":user\n");
        UsersFile users = UsersFile.open(file.toString());
        try (LogLines log = new LogLines(UsersFile.class)) {
            write("bob:" + BOB + ":\nann:secret:user\n");
            assertThat(login(users, "ann", "ann's")).isPresent();
            assertThat(login(users, "bob", "bob's")).isEmpty();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("stompline.users.file", file + ":2: the hash must begin with")
                    .doesNotContain("secret", BOB);
            Files.delete(file);
            assertThat(login(users, "ann", "ann's")).isPresent();
            assertThat(login(users, "ann", "ann's")).isPresent();
            assertThat(log.warnings()).hasSize(2).last().asString().endsWith(file + ": cannot be read as UTF-8");
            createForOwner();
            write("bob:" + BOB + ":\n");
            assertThat(login(users, "bob", "bob's")).isPresent();
            assertThat(login(users, "ann", "ann's")).isEmpty();
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void start_faultyLines_areNamedWithoutTheirContent() throws IOException {
        write("ann:" + ANN + ":user\nann:" + BOB + ":\nletmein\n:" + BOB + ":\na b:" + BOB + ":\nbob:" + BOB
                + ":user, admin\nbob:letmein:user\n");
        assertThatThrownBy(() -> UsersFile.open(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\n"
                        + String.join(
                                "\n",
                                file + ":2: this name is there already, in a line above",
                                file + ":3: a user is: NAME:HASH:ROLE,ROLE, as the command hash prints it",
                                file + ":4: a name must not be empty, nor have blanks or commas",
                                file + ":5: a name must not be empty, nor have blanks or commas",
                                file + ":6: roles are separated by commas, and have no blanks",
                                file + ":7: the hash must begin with $pbkdf2-sha512$v=1$"));
    }

    @Test
    void start_fileIsNotUtf8_isAFault() throws IOException {
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> UsersFile.open(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stompline.users.file: cannot read " + file + " as UTF-8");
    }

    @Test
    void start_fileIsNotThere_isAFaultThatSaysHowToMakeOne() {
        assertThatThrownBy(() -> UsersFile.open("/no/such/file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stompline.users.file: there is no file /no/such/file: name one, or make it with lines that"
                        + " java -jar stompline-server.jar hash NAME prints");
    }

    @Test
    void permissions_worldReadable_isOneWarning() throws IOException {
        write("ann:" + ANN + ":user\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (LogLines log = new LogLines(UsersFile.class)) {
            UsersFile users = UsersFile.open(file.toString());
            assertThat(login(users, "ann", "ann's")).isPresent();
            assertThat(log.warnings()).singleElement().asString().contains("stompline.users.file", "chmod o-r " + file);
        }
    }

    @Test
    void permissions_worldReadableSinceAChange_isAWarning() throws IOException {
        write("ann:" + ANN + ":user\n");
        UsersFile users = counted();
        try (LogLines log = new LogLines(UsersFile.class)) {
            write("bob:" + BOB + ":user\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(login(users, "bob", "wrong")).isEmpty();
            assertThat(log.warnings()).singleElement().asString().endsWith("chmod o-r " + file);
        }
    }

    private UsersFile counted() {
        return new UsersFile(file, (passcode, salt, rounds) -> {
            iterations.add(rounds);
            return passcode.getBytes(StandardCharsets.UTF_8);
        });
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }

    private static Optional<Caller> login(UsersFile users, String login, String passcode) {
        return users.authenticate(new Credentials.Passcode(login, passcode));
    }
}
