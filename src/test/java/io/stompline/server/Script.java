package io.stompline.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the text of a script with an interpreter, to its end.
 *
 * @param interpreter the program, as the error says it too
 * @param directory where the script lies while it runs
 * @param suffix of the script's file
 */
record Script(String interpreter, Path directory, String suffix) {

    /**
     * @return what it printed, standard error included
     * @throws AssertionError with what it printed if it fails or does not end in time
     */
    String run(String source, Duration limit, List<String> arguments) throws IOException, InterruptedException {
        Path script = Files.createTempFile(directory, "test", suffix);
        Path output = Files.createTempFile(directory, "test", ".out");
        try {
            Files.writeString(script, source);
            Process process = start(script, output, arguments);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended) {
                throw new AssertionError(name() + " did not end within " + limit + ":\n" + printed);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(name() + " ended with status " + process.exitValue() + ":\n" + printed);
            }
            return printed;
        } finally {
            Files.delete(script);
            Files.delete(output);
        }
    }

    private Process start(Path script, Path output, List<String> arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(interpreter, script.toAbsolutePath().toString());
        builder.command().addAll(arguments);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private String name() {
        return Path.of(interpreter).getFileName().toString();
    }
}
