package io.stompline.security.users;

import io.stompline.config.Setting;
import io.stompline.security.Authenticator;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Checks credentials with a file of users. Each login reads the file, which costs little beside the check itself, so
 * that a change holds for the next one; a faulty change leaves the users that were there before. Thread-safe.
 */
public final class UsersFile implements Authenticator {
    private static final System.Logger LOG = System.getLogger(UsersFile.class.getName());

    private static final String NEW_FILE =
            ": name one, or make it with lines that java -jar stompline-server.jar hash NAME prints";

    private final Path file;
    private final KeyDerivation derivation;

    /** The content that was seen last, faulty or not; empty if the file could not be read. */
    private Optional<String> seen = Optional.empty();

    private Users users;

    UsersFile(Path file, KeyDerivation derivation) {
        this.file = file;
        this.derivation = derivation;
        String content = read().orElseThrow(() -> new IllegalArgumentException(Setting.USERS_FILE.key() + ": "
                + (Files.exists(file) ? "cannot read " + file + " as UTF-8" : "there is no file " + file + NEW_FILE)));
        this.seen = Optional.of(content);
        this.users = parse(content);
        warnIfOthersRead();
    }

    /**
     * The users of that file.
     *
     * @throws IllegalArgumentException with every fault and its line, or if the file cannot be read
     */
    public static UsersFile open(String name) {
        return new UsersFile(Path.of(name), KeyDerivation.PBKDF2);
    }

    @Override
    public Optional<Caller> authenticate(Credentials.Passcode passcode) {
        return current().check(passcode, derivation);
    }

    private synchronized Users current() {
        Optional<String> content = read();
        if (!content.equals(seen)) {
            seen = content;
            try {
                users = parse(content.orElseThrow(
                        () -> new IllegalArgumentException("\n" + file + ": cannot be read as UTF-8")));
                warnIfOthersRead();
            } catch (IllegalArgumentException fault) {
                LOG.log(
                        Level.WARNING,
                        "the file of users (" + Setting.USERS_FILE.key()
                                + ") has changed and is not used: the users from before the change may log in: "
                                + fault.getMessage().strip().replace("\n", "; "));
            }
        }
        return users;
    }

    private Optional<String> read() {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException absentOrNotUtf8) {
            LOG.log(Level.DEBUG, "the file of users cannot be read", absentOrNotUtf8);
            return Optional.empty();
        }
    }

    private Users parse(String content) {
        try {
            Users read = Users.parse(content);
            LOG.log(Level.INFO, "Users of " + file + ": " + read.count());
            return read;
        } catch (IllegalArgumentException faults) {
            throw new IllegalArgumentException(
                    faults.getMessage()
                            .lines()
                            .map(line -> file + ":" + line)
                            .reduce("", (all, line) -> all + "\n" + line),
                    faults);
        }
    }

    private void warnIfOthersRead() {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.log(
                        Level.WARNING,
                        "every account of this machine can read the hashes in " + file + " (" + Setting.USERS_FILE.key()
                                + "): chmod o-r " + file);
            }
        } catch (IOException | UnsupportedOperationException notPosix) {
            LOG.log(Level.DEBUG, "the permissions of the file of users are not known", notPosix);
        }
    }
}
