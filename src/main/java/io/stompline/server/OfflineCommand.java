package io.stompline.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Commands that need no running server: {@code java -jar stompline-server.jar COMMAND ARGUMENTS}. The code that carries
 * them out is in the WAR, so that each file has one reader.
 */
final class OfflineCommand {
    private static final Map<String, String> CLASSES = Map.of(
            "check-rules", "io.stompline.security.rules.CheckRules",
            "hash", "io.stompline.security.users.HashCommand");

    private OfflineCommand() {}

    /** Whether the first argument is the name of a command. */
    static boolean isOne(String[] args) {
        return args.length > 0 && CLASSES.containsKey(args[0]);
    }

    /**
     * Carries it out.
     *
     * @param server the directory with {@code stompline.war}
     * @return 0 if it succeeded, otherwise 1
     */
    static int run(Path server, String[] args) throws IOException, ReflectiveOperationException {
        URL classes = URI.create("jar:" + server.resolve("stompline.war").toUri() + "!/WEB-INF/classes/")
                .toURL();
        try (URLClassLoader war = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            return (int) war.loadClass(CLASSES.get(args[0]))
                    .getMethod("run", List.class, PrintStream.class, PrintStream.class)
                    .invoke(null, Arrays.asList(args).subList(1, args.length), System.out, System.err);
        }
    }
}
