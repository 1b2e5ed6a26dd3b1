package io.stompline.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs Python scripts, with {@code stomp} (stomp.py) to import.
 *
 * <p>The machine has both, or {@code src/build/test-programs.sh} fetches what it has not.
 */
public final class Python {

    private Python() {}

    /**
     * Runs a script and waits for its end.
     *
     * @param directory where the script lies while it runs
     * @param arguments what it finds from {@code sys.argv[1]} on
     * @return what it printed, standard error included
     * @throws AssertionError with what it printed if it fails or does not end in time
     */
    public static String run(Path directory, String source, Duration limit, String... arguments)
            throws IOException, InterruptedException {
        return new Script("python3", directory, ".py").run(source, limit, List.of(arguments));
    }
}
