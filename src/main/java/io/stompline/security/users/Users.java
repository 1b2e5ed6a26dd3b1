package io.stompline.security.users;

import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The users of one file, {@code NAME:HASH:ROLE,ROLE}, one to a line. Immutable.
 *
 * <p>A check takes as long for a name that is not there as for one that is: both cost as many iterations as the
 * costliest hash of the file.
 */
final class Users {
    private static final String FORM = "a user is: NAME:HASH:ROLE,ROLE, as the command hash prints it";
    private static final Pattern WORD = Pattern.compile("[^\\p{C}\\s:,]+");

    private final Map<String, User> byName;
    private final int iterations;
    private final PasscodeHash nobody;

    private Users(Map<String, User> byName) {
        this.byName = Map.copyOf(byName);
        this.iterations = byName.values().stream()
                .mapToInt(user -> user.hash().iterations())
                .max()
                .orElse(PasscodeHash.ITERATIONS);
        this.nobody = PasscodeHash.ofNothing(iterations);
    }

    /**
     * Reads users; a line that begins with {@code #} is a comment.
     *
     * @throws IllegalArgumentException whose message has a line for each faulty one, with its number; of what stands
     *     there it shows nothing
     */
    static Users parse(String text) {
        Map<String, User> users = new HashMap<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                User user = user(line);
                if (users.putIfAbsent(user.name(), user) != null) {
                    throw new IllegalArgumentException("this name is there already, in a line above");
                }
            } catch (IllegalArgumentException fault) {
                faults.add((i + 1) + ": " + fault.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        return new Users(users);
    }

    /** Whether a text can be the name of a user. */
    static boolean isName(String text) {
        return WORD.matcher(text).matches() && !text.startsWith("#");
    }

    /** Whether a text can be roles, separated by commas; none is also right. */
    static boolean areRoles(String text) {
        return text.isEmpty()
                || Arrays.stream(text.split(",", -1))
                        .allMatch(role -> WORD.matcher(role).matches());
    }

    /** How many there are. */
    int count() {
        return byName.size();
    }

    /** The caller, if the passcode is right. */
    Optional<Caller> check(Credentials.Passcode shown, KeyDerivation derivation) {
        Optional<User> user = Optional.ofNullable(byName.get(shown.login()));
        boolean right = user.map(User::hash).orElse(nobody).matches(shown.passcode(), iterations, derivation);
        return user.filter(known -> right).map(known -> new Caller(known.name(), known.roles()));
    }

    private static User user(String line) {
        String[] parts = line.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(FORM);
        }
        if (!isName(parts[0])) {
            throw new IllegalArgumentException("a name must not be empty, nor have blanks or commas");
        }
        if (!areRoles(parts[2])) {
            throw new IllegalArgumentException("roles are separated by commas, and have no blanks");
        }
        Set<String> roles = parts[2].isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(parts[2].split(",")));
        return new User(parts[0], PasscodeHash.parse(parts[1]), Set.copyOf(roles));
    }
}
