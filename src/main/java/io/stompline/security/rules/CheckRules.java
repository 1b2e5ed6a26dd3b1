package io.stompline.security.rules;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks a file of rules without a server. Called by name by {@code java -jar stompline-server.jar check-rules FILE}.
 */
public final class CheckRules {
    private CheckRules() {}

    /**
     * Prints the rules as they are understood, or what is wrong with them. Whether the beans are there that checks
     * name, only the application knows.
     *
     * @param arguments the file
     * @param out gets the rules, one to a line
     * @param faults gets {@code FILE:LINE: what is wrong} for each faulty line
     * @return 0 if all are right, otherwise 1
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream faults) {
        if (arguments.size() != 1) {
            faults.println("usage: check-rules FILE");
            return 1;
        }
        String file = arguments.get(0);
        try {
            RuleBook.parse(Files.readString(Path.of(file)), name -> Optional.of((who, variables) -> true))
                    .table()
                    .forEach(out::println);
            return 0;
        } catch (NoSuchFileException e) {
            faults.println(file + ": there is no such file");
        } catch (IOException e) {
            faults.println(file + ": cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            e.getMessage().lines().forEach(fault -> faults.println(file + ":" + fault));
        }
        return 1;
    }
}
