package io.stompline.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * {@code java -jar stompline-server.jar check-rules FILE}: checks a file of access rules. What reads rules is
 * in the WAR, so that there is one reader.
 */
final class RuleCheck {
    private RuleCheck() {}

    /**
     * Checks the file of that name.
     *
     * @param server the directory with {@code stompline.war}
     * @return 0 if all rules are right, otherwise 1
     */
    static int run(Path server, String file) throws IOException, ReflectiveOperationException {
        URL classes = URI.create("jar:" + server.resolve("stompline.war").toUri() + "!/WEB-INF/classes/")
                .toURL();
        try (URLClassLoader war = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            return (int) war.loadClass("io.stompline.security.rules.CheckRules")
                    .getMethod("run", String.class, PrintStream.class, PrintStream.class)
                    .invoke(null, file, System.out, System.err);
        }
    }
}
