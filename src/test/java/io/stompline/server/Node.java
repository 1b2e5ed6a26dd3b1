package io.stompline.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs JavaScript modules under Node.js, with {@code stompline}, {@code @stomp/stompjs}, {@code webstomp-client} and
 * {@code ws} to import.
 *
 * <p>The build unpacks the modules to {@code target/node} from WebJars. Node.js is the one that Playwright brings along
 * for itself.
 */
public final class Node {

    private static final Path DIRECTORY = Path.of(System.getProperty("stompline.node.dir", "target/node"));

    private Node() {}

    /**
     * Runs a module and waits for its end.
     *
     * @param source the text of an ES module, which may have await at top level
     * @param arguments what it finds from {@code process.argv[2]} on
     * @return what it printed, standard error included
     * @throws AssertionError with what it printed if it fails or does not end in time
     */
    public static String run(String source, Duration limit, String... arguments)
            throws IOException, InterruptedException {
        // Beside node_modules, because node looks for modules from where the file is.
        return new Script(DIRECTORY.resolve("node").toString(), DIRECTORY, ".mjs")
                .run(source, limit, List.of(arguments));
    }
}
