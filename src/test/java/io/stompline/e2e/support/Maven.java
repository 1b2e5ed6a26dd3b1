package io.stompline.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs of Maven with a local repository of their own, which has the libraries of the machine's and nothing of Stompline.
 * Thread-safe.
 */
public final class Maven {
    private static final String GROUP = "stompline";

    private final Path repository;

    private Maven(Path repository) {
        this.repository = repository;
    }

    /** With a new repository: links to what the one of this build has. */
    public static Maven withRepository(Path directory) throws IOException {
        Path shared = Path.of(System.getProperty("maven.repository"));
        Files.createDirectories(directory.resolve("io"));
        link(shared, directory, "io");
        link(shared.resolve("io"), directory.resolve("io"), GROUP);
        return new Maven(directory);
    }

    private static void link(Path from, Path to, String butNot) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(butNot)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException with what it printed if it failed
     */
    public String run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        Run run = start(directory, arguments);
        int status = run.process.waitFor();
        run.reader.join();
        if (status != 0) {
            throw new IllegalStateException("mvn " + arguments + " ended with " + status + "\n" + run.text());
        }
        return run.text();
    }

    /** Starts it and does not wait. */
    public Run start(Path directory, List<String> arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                System.getProperty("maven.program"),
                                "-B",
                                "-Dmaven.repo.local=" + repository.toAbsolutePath()),
                        arguments.stream())
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Run(builder.start());
    }

    /** A Maven that runs. */
    public static final class Run implements AutoCloseable {
        private final Process process;
        private final List<String> printed = new CopyOnWriteArrayList<>();
        private final Thread reader;

        private Run(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "output of Maven " + process.pid());
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                lines.lines().forEach(printed::add);
            } catch (IOException | UncheckedIOException closed) {
                printed.add(closed.toString());
            }
        }

        public boolean isAlive() {
            return process.isAlive();
        }

        /** Lines so far. */
        public List<String> lines() {
            return List.copyOf(printed);
        }

        String text() {
            return String.join("\n", printed);
        }

        /** Stops it as a supervisor would, with what it started. */
        @Override
        public void close() {
            List<ProcessHandle> started = process.descendants().toList();
            // exec-maven-plugin (3.6.4) leaves the server alone when Maven gets SIGTERM; Ctrl-C reaches both.
            started.forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                CompletableFuture.allOf(Stream.concat(Stream.of(process.toHandle()), started.stream())
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture[]::new))
                        .get(40, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                started.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("Maven, or what it started, did not stop\n" + text(), e);
            }
        }
    }
}
