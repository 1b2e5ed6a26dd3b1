package io.stompline.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A domain of Payara Server on free ports of the loopback address, prepared by {@code server-config/payara-server.sh}.
 *
 * <p>The unpacked distribution is the directory that the system property {@code payara.server.dir} names; domains lie
 * beside it. One thread at a time.
 */
final class PayaraDomain implements AutoCloseable {
    private static final String DISTRIBUTION = "payara.server.dir";
    private static final String NAME = "domain1";
    private static final Path SCRIPT =
            Path.of("server-config", "payara-server.sh").toAbsolutePath();
    private static final long LIMIT_SECONDS = 180;

    /**
     * What the distribution's domain listens on: administration, HTTP, HTTPS, JMS, IIOP three times, JMX, data grid.
     */
    private static final List<String> PORTS =
            List.of("4848", "8080", "8181", "7676", "3700", "3820", "3920", "8686", "4900");

    /** Prepared, never started again: the others are copies. */
    private static PayaraDomain prepared;

    private final Path distribution = Path.of(System.getProperty(DISTRIBUTION));
    private final Path directory;
    private final List<String> ports;
    private boolean running;

    /** A copy with ports of its own. */
    private PayaraDomain(Path original, List<String> originalPorts) throws IOException {
        directory = Files.createTempDirectory(distribution.getParent(), "domains");
        Set<Integer> originals = originalPorts.stream().map(Integer::valueOf).collect(Collectors.toSet());
        ports = FreePorts.next(PORTS.size(), originals).stream()
                .map(String::valueOf)
                .toList();
        copy(original, domain());
        Path file = domain().resolve("config/domain.xml");
        String text = Files.readString(file)
                .replace("<network-listener port", "<network-listener address=\"127.0.0.1\" port")
                .replace("0.0.0.0", "127.0.0.1");
        for (int i = 0; i < ports.size(); i++) {
            text = text.replace('"' + originalPorts.get(i) + '"', '"' + ports.get(i) + '"');
        }
        Files.writeString(file, text);
    }

    static boolean isDistributionKnown() {
        return System.getProperty(DISTRIBUTION) != null;
    }

    /** Makes one; not started. */
    static synchronized PayaraDomain create() {
        try {
            if (prepared == null) {
                Path original = Path.of(System.getProperty(DISTRIBUTION), "glassfish", "domains", NAME);
                PayaraDomain first = new PayaraDomain(original, PORTS);
                first.prepare();
                prepared = first;
            }
            return new PayaraDomain(prepared.domain(), prepared.ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String httpPort() {
        return ports.get(1);
    }

    /** For files that shall go with it. */
    Path directory() {
        return directory;
    }

    void start() {
        running = true;
        asadmin("start-domain", "--domaindir", directory.toString(), NAME);
    }

    /** Stops it; what does not stop, or hangs since its start failed, is killed. */
    void stop() {
        running = false;
        try {
            asadmin("stop-domain", "--domaindir", directory.toString(), NAME);
        } finally {
            ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(directory.toString()))
                .isPresent();
    }

    /** Stops it and takes it away; idempotent. */
    @Override
    public void close() {
        if (running) {
            stop();
            delete(directory);
        }
    }

    /**
     * Runs a command of {@code asadmin}.
     *
     * @throws IllegalStateException with its output if it fails
     */
    void asadmin(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(distribution.resolve("bin/asadmin").toString());
        command.addAll(List.of("--interactive=false", "--port", ports.get(0)));
        command.addAll(List.of(arguments));
        run(command, Path.of("/dev/null"));
    }

    private void prepare() throws IOException {
        start();
        try {
            run(
                    List.of(SCRIPT.toString(), "-d", directory.toString(), "-p", ports.get(0), "-n", NAME),
                    Files.writeString(directory.resolve("passcode"), UUID.randomUUID() + "\n"));
        } finally {
            stop();
        }
    }

    private void run(List<String> command, Path input) {
        try {
            Path output = Files.createTempFile(directory, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(distribution.toFile())
                    .redirectInput(input.toFile());
            builder.environment().put("AS_JAVA", System.getProperty("java.home"));
            // OpenMQ names its files after destinations.
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed:\n" + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }

    private Path domain() {
        return directory.resolve(NAME);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
