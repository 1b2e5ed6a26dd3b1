package io.stompline.security.users;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a line of the file of users. Called by name by {@code java -jar stompline-server.jar hash NAME [ROLE,ROLE]},
 * which reads the passcode from standard input.
 */
public final class HashCommand {
    private static final String USAGE = "usage: hash NAME [ROLE,ROLE], with the passcode on standard input";

    /** Where a process of Linux finds what its standard input is. */
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    private HashCommand() {}

    /**
     * Prints the line.
     *
     * @param arguments name and roles; a passcode there could be read by every account of the machine
     * @param out gets the line
     * @param faults gets what is wrong
     * @return 0 if there is a line, otherwise 1
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream faults) throws IOException {
        // JDK 22 to 24 would give a console to a pipe as well; this one, of all other JDKs, is there for terminals
        // only.
        System.setProperty("jdk.console", "java.base");
        Optional<Console> console = Optional.ofNullable(System.console());
        if (console.isPresent()) {
            return print(arguments, typed(console.get()), out, faults);
        }
        if (isTerminal(STANDARD_INPUT)) {
            faults.println("with its output sent elsewhere this command cannot hide what is typed:"
                    + " let it print to the terminal, or pipe the passcode into it");
            return 1;
        }
        return run(arguments, System.in, out, faults);
    }

    static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream faults) throws IOException {
        String read = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return print(arguments, Optional.of(read.replaceFirst("\\r?\\n\\z", "")), out, faults);
    }

    private static Optional<String> typed(Console console) {
        char[] once = console.readPassword("Passcode: ");
        char[] again = console.readPassword("Once more: ");
        return once != null && Arrays.equals(once, again) ? Optional.of(new String(once)) : Optional.empty();
    }

    private static int print(List<String> arguments, Optional<String> passcode, PrintStream out, PrintStream faults) {
        String roles = arguments.size() == 2 ? arguments.get(1) : "";
        Optional<String> fault = arguments.isEmpty() || arguments.size() > 2
                ? Optional.of(USAGE)
                : fault(arguments.get(0), roles, passcode);
        if (fault.isPresent()) {
            faults.println(fault.get());
            return 1;
        }
        out.println(
                arguments.get(0) + ":" + PasscodeHash.of(passcode.orElseThrow()).text() + ":" + roles);
        return 0;
    }

    private static Optional<String> fault(String name, String roles, Optional<String> passcode) {
        if (!Users.isName(name)) {
            return Optional.of("a name must not be empty, nor have blanks, colons or commas, nor begin with #");
        }
        if (!Users.areRoles(roles)) {
            return Optional.of("roles are separated by commas, and have no blanks or colons");
        }
        if (passcode.isEmpty()) {
            return Optional.of("the two passcodes are not the same");
        }
        return passcode.filter(given -> given.matches("[^\\p{Cntrl}\\uFFFD]+")).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "a passcode must be UTF-8, not empty, and without control characters such as a line break");
    }

    private static boolean isTerminal(Path input) {
        try {
            return input.toRealPath().toString().matches("/dev/(pts/|tty).*");
        } catch (IOException notLinuxOrNoFile) {
            return false;
        }
    }
}
