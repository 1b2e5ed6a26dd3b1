package io.stompline.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A server in a JVM of its own, from {@code target/server}, with the command line of the Dockerfile.
 *
 * <pre>{@code
 * try (ServerProcess server = ServerProcess.demo().data(directory).with("stompline.denied", "message").start()) {
 *     HttpRequest.newBuilder(server.uri("/"));
 *     client.connect(server.stompUri());
 * }
 * }</pre>
 *
 * <p>{@link #close()} stops it as a supervisor would (SIGTERM), {@link #kill()} as a crash would (SIGKILL).
 * Thread-safe.
 */
public final class ServerProcess implements Server {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final int LOG_TAIL_LINES = 60;

    private final Process process;
    private final int port;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader;

    /** What only this process needs. */
    private final Optional<Path> scratch;

    private ServerProcess(Process process, int port, Optional<Path> scratch, Consumer<String> echo) {
        this.process = process;
        this.port = port;
        this.scratch = scratch;
        this.reader = new Thread(() -> read(echo), "log of server " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** A server with the WAR that everybody gets: no demo accounts, no demo page. */
    public static Builder product() {
        return new Builder("stompline.war");
    }

    /** A server with the demo. */
    public static Builder demo() {
        return new Builder("stompline-demo.war");
    }

    public int port() {
        return port;
    }

    /** The process id, for tests that look at the process from outside. */
    public long pid() {
        return process.pid();
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public URI stompUri() {
        return URI.create("ws://localhost:" + port + "/stomp");
    }

    /** What the server has printed so far, a line each, oldest first. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, as a crash would: nothing is closed, nothing is flushed. */
    public void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        // Process.destroy() would not read what the server says at its end.
        process.toHandle().destroy();
        if (!await(STOP_TIMEOUT)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop within " + STOP_TIMEOUT + "\n" + logTail());
        }
    }

    /** Waits until it ends by itself or is stopped. */
    public int waitFor() throws InterruptedException {
        int status = process.waitFor();
        reader.join();
        return status;
    }

    private boolean await(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                reader.join(limit.toMillis());
                scratch.ifPresent(Scratch::delete);
            }
            return ended;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void read(Consumer<String> echo) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                echo.accept(line);
                if (line.equals(Start.READY)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("the server ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private void awaitReady(Duration limit) {
        try {
            ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            kill();
            throw new IllegalStateException(e.getCause().getMessage() + "\n" + logTail(), e.getCause());
        } catch (TimeoutException e) {
            kill();
            throw new IllegalStateException("the server was not ready within " + limit + "\n" + logTail(), e);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server was starting", e);
        }
    }

    /** The end of what it has printed, for those who look for the reason of a failure. */
    public String logTail() {
        List<String> lines = log();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    /** How to start a server. One thread at a time. */
    public static final class Builder implements Server.Builder {

        private final Path server = Path.of(System.getProperty("stompline.server.dir", "target/server"))
                .toAbsolutePath();
        private final List<String> jvmOptions = new ArrayList<>();
        private final Map<String, String> properties = new TreeMap<>();
        private final Map<String, String> environment = new TreeMap<>();
        private Path war;
        private final List<Path> others = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private String contextRoot = "/";
        private Path data;
        private List<String> launcher = List.of();
        private int port;
        private Duration startTimeout = Duration.ofMinutes(3);
        private Consumer<String> echo = line -> {};

        private Builder(String war) {
            this.war = server.resolve(war);
            // Set by the build for its tests.
            String options = System.getProperty("server.jvm-options", "");
            if (!options.isEmpty()) {
                jvmOptions.addAll(List.of(options.split(" ")));
            }
        }

        /** Another WAR instead, deployed at {@code /}. */
        public Builder war(Path file) {
            war = file.toAbsolutePath();
            return this;
        }

        /** Deploys the WAR elsewhere than at {@code /}. */
        public Builder contextRoot(String path) {
            contextRoot = path;
            return this;
        }

        /** One more WAR beside it, deployed at {@code /} and its name. */
        public Builder beside(Path file) {
            others.add(file.toAbsolutePath());
            return this;
        }

        /** Commands of the application's own that run when the server has booted. */
        public Builder afterBoot(Path commandFile) {
            options.addAll(List.of("--postbootcommandfile", commandFile.toString()));
            return this;
        }

        /** A configuration of Payara instead of the one in its jar. */
        public Builder domainConfig(Path file) {
            options.addAll(List.of("--domainconfig", file.toString()));
            return this;
        }

        /** Where messages are kept; without it, a new temporary directory. */
        public Builder data(Path directory) {
            data = directory.toAbsolutePath();
            return this;
        }

        /** At most so many open files, as {@code ulimit -n} sets it. */
        public Builder maxFiles(int number) {
            return launcher(List.of("sh", "-c", "ulimit -n " + number + "; exec \"$@\"", "sh"));
        }

        /** A command that becomes the one that follows it. */
        public Builder launcher(List<String> command) {
            launcher = command;
            return this;
        }

        /** The port; 0, the default, picks a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** A system property of the server, such as {@code stompline.denied}. */
        @Override
        public Builder with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        /** An environment variable. */
        public Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** A JVM option such as {@code -Xmx256m}; wins over jvm.options. */
        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        public Builder startTimeout(Duration limit) {
            startTimeout = limit;
            return this;
        }

        /** Called with each line of the log, on the thread that reads it. */
        public Builder onLogLine(Consumer<String> listener) {
            echo = listener;
            return this;
        }

        /**
         * Starts it and waits until the application is deployed and the port answers.
         *
         * @throws IllegalStateException with the end of the log if that does not happen in time
         */
        @Override
        public ServerProcess start() {
            ServerProcess started = launch();
            started.awaitReady(startTimeout);
            return started;
        }

        /** Starts it and does not wait. */
        ServerProcess launch() {
            try {
                int chosenPort = port == 0 ? FreePorts.next() : port;
                Optional<Path> scratch =
                        data == null ? Optional.of(Scratch.create("stompline-data")) : Optional.empty();
                ProcessBuilder builder = new ProcessBuilder(commandLine(chosenPort, scratch.orElse(data)))
                        .directory(server.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
                builder.environment().putAll(environment);
                Process process = builder.start();
                return new ServerProcess(process, chosenPort, scratch, echo);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the server in " + server, e);
            }
        }

        private List<String> commandLine(int chosenPort, Path directory) {
            List<String> command = new ArrayList<>(launcher);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("@jvm.options");
            command.addAll(jvmOptions);
            properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.add("-Dstompline.data=" + directory);
            command.addAll(List.of("-jar", "stompline-server.jar"));
            command.addAll(List.of("--port", Integer.toString(chosenPort)));
            command.addAll(List.of("--deploy", war.toString(), "--contextroot", contextRoot));
            command.addAll(options);
            others.forEach(other -> command.addAll(List.of("--deploy", other.toString())));
            return command;
        }
    }
}
