package io.stompline.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.messaging.ConnectionConfiguration;
import com.sun.messaging.ConnectionFactory;
import io.stompline.tls.TestCertificate;
import jakarta.jms.JMSException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * An OpenMQ broker in a JVM of its own, on one free port of the loopback address, with one account.
 *
 * <pre>{@code
 * try (BrokerProcess broker = BrokerProcess.start();
 *         ServerProcess server = broker.usedBy(ServerProcess.demo()).start()) {
 *     broker.kill();
 *     broker.restart();
 * }
 * }</pre>
 *
 * <p>Who takes the port of a broker that was killed is the test's own business. One thread at a time.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Path OPENMQ =
            Path.of(System.getProperty("openmq.home", "target/openmq/mq")).toAbsolutePath();
    private static final Path JARS = OPENMQ.resolveSibling("broker");
    private static final Path ACCESS_CONTROL = Path.of("server-config", "accesscontrol.properties");
    private static final String INSTANCE = "separate";
    private static final String USER = "stompline";

    /** What OpenMQ logs when it takes connections. */
    private static final String READY = "[B1039]";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;

    /** Of the service ssljms; without it there is the service jms. */
    private final Optional<TestCertificate> certificate;

    /** With characters that mean something to asadmin. */
    private final String password = "p:a=s\\s" + UUID.randomUUID();

    private Process process;

    private BrokerProcess(Path directory, int port, Optional<TestCertificate> certificate) {
        this.directory = directory;
        this.port = port;
        this.certificate = certificate;
    }

    /** Starts one with an empty store and waits until it takes connections. */
    public static BrokerProcess start() {
        return start(Optional.empty());
    }

    /** Starts one with an empty store that speaks TLS only. */
    public static BrokerProcess startWithTls(TestCertificate certificate) {
        return start(Optional.of(certificate));
    }

    private static BrokerProcess start(Optional<TestCertificate> certificate) {
        try {
            BrokerProcess broker = new BrokerProcess(Scratch.create("broker"), FreePorts.next(), certificate);
            broker.writeAccount();
            broker.restart();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it again after {@link #kill}, on the same port with the same store, and waits until it takes connections.
     */
    public void restart() {
        try {
            Path log = Files.createTempFile(directory, "log", ".txt");
            process = new ProcessBuilder(commandLine())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            Awaitility.await("the broker to be ready, see " + log)
                    .atMost(LIMIT)
                    .failFast("the broker ended, see " + log, () -> !process.isAlive())
                    .until(() -> Files.readString(log).contains(READY));
            // It is ready even if it could not have its port.
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops it from doing anything; its connections stay. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        signal("CONT");
    }

    public int port() {
        return port;
    }

    /** What goes into {@code stompline.jms.address}. */
    public String address() {
        return certificate.isPresent() ? "mqssl://localhost:" + port + "/ssljms" : address(port);
    }

    /** The same through a proxy. */
    public static String address(int port) {
        return "mqtcp://127.0.0.1:" + port + "/jms";
    }

    /** Has a server use this broker. */
    public ServerProcess.Builder usedBy(ServerProcess.Builder server) {
        return usedBy(server, address());
    }

    /** Has a server use this broker through a proxy. */
    public ServerProcess.Builder usedBy(ServerProcess.Builder server, int proxyPort) {
        return usedBy(server, address(proxyPort));
    }

    /** Has a server use this broker at another address of it. */
    ServerProcess.Builder usedBy(ServerProcess.Builder server, String address) {
        return server.with("stompline.jms.address", address)
                .with("stompline.jms.user", USER)
                .with("stompline.jms.password-file", passwordFile().toString());
    }

    /** What goes into {@code stompline.jms.password-file}. */
    Path passwordFile() {
        return directory.resolve("password");
    }

    /** What an application that knows nothing of STOMP uses; its connections need no user. */
    public jakarta.jms.ConnectionFactory connectionFactory() throws JMSException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setProperty(ConnectionConfiguration.imqAddressList, address());
        factory.setProperty(ConnectionConfiguration.imqDefaultUsername, USER);
        factory.setProperty(ConnectionConfiguration.imqDefaultPassword, password);
        return factory;
    }

    /** Ends it and forgets what it kept; idempotent. */
    @Override
    public void close() {
        kill();
        Scratch.delete(directory);
    }

    private List<String> commandLine() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Dimq.home=" + OPENMQ,
                "-Dimq.libhome=" + OPENMQ.resolve("lib"),
                "-Dimq.varhome=" + directory,
                "-cp",
                JARS.resolve("imqbroker.jar") + ":" + JARS.resolve("imqjmsra.jar") + ":" + JARS.resolve("imqjmx.jar"),
                "com.sun.messaging.jmq.jmsserver.Broker",
                "-name",
                INSTANCE,
                "-tty",
                "-Dimq.portmapper.bind=false",
                "-Dimq.jmx.connector.activelist=",
                "-Dimq.bridge.enabled=false",
                "-Dimq.autocreate.destination.maxNumProducers=-1"));
        command.addAll(certificate
                .map(this::tlsService)
                .orElse(List.of(
                        "-Dimq.service.activelist=jms",
                        "-Dimq.jms.tcp.hostname=127.0.0.1",
                        "-Dimq.jms.tcp.port=" + port)));
        return command;
    }

    private List<String> tlsService(TestCertificate own) {
        return List.of(
                "-Dimq.service.activelist=ssljms",
                "-Dimq.ssljms.tls.hostname=127.0.0.1",
                "-Dimq.ssljms.tls.port=" + port,
                "-Dimq.keystore.file.dirpath=" + own.store().getParent(),
                "-Dimq.keystore.file.name=" + own.store().getFileName(),
                "-passfile",
                directory.resolve("passfile").toString());
    }

    private void writeAccount() throws IOException {
        Path etc = directory.resolve("instances").resolve(INSTANCE).resolve("etc");
        Files.createDirectories(etc);
        Files.writeString(etc.resolve("passwd"), "%s:%s:user:1%n".formatted(USER, hash(USER + ":" + password)));
        Files.copy(ACCESS_CONTROL, etc.resolve("accesscontrol.properties"));
        Files.writeString(passwordFile(), password);
        Files.writeString(directory.resolve("passfile"), "imq.keystore.password=" + TestCertificate.PASSWORD);
    }

    /** As OpenMQ writes it: a signed number in hexadecimal digits. */
    private static String hash(String text) {
        try {
            return new BigInteger(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8))).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill ended with status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), SECONDS)) {
                throw new IllegalStateException("the broker does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
