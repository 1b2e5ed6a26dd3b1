package io.stompline.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A full Payara Server with its own OpenMQ, prepared as the README says, with the demo on it.
 *
 * <p>The unpacked distribution is the directory that the system property {@code payara.server.dir} names. Each server has a new
 * domain of its own beside it. One thread at a time.
 */
final class PayaraServer implements Server {
    private static final String DISTRIBUTION = "payara.server.dir";
    private static final String DOMAIN = "domain1";
    private static final String WAR = "stompline-demo";
    private static final long COMMAND_LIMIT_SECONDS = 180;

    /** What the distribution's domain listens on: administration, HTTP, HTTPS, JMS, IIOP three times, JMX. */
    private static final List<String> PORTS =
            List.of("4848", "8080", "8181", "7676", "3700", "3820", "3920", "8686", "4900");

    private final Path distribution = Path.of(System.getProperty(DISTRIBUTION));
    private final Path domains;
    private final List<Integer> ports;
    private boolean running;

    private PayaraServer() throws IOException {
        domains = Files.createTempDirectory(distribution.getParent(), "domains");
        ports = freePorts(PORTS.size());
    }

    /** Whether the build wants it. */
    static boolean isChosen() {
        return System.getProperty(DISTRIBUTION) != null;
    }

    static PayaraServer withDemo() {
        try {
            PayaraServer server = new PayaraServer();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://localhost:" + httpPort() + "/" + WAR + path);
    }

    @Override
    public URI stompUri() {
        return URI.create("ws://localhost:" + httpPort() + "/" + WAR + "/stomp");
    }

    @Override
    public void close() {
        if (running) {
            running = false;
            asadmin("stop-domain", "--domaindir", domains.toString(), DOMAIN);
        }
    }

    private void start() throws IOException {
        makeDomain();
        try {
            asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
            running = true;
            prepare();
            asadmin("restart-domain", "--domaindir", domains.toString(), DOMAIN);
            asadmin("deploy", Path.of("target", WAR + ".war").toAbsolutePath().toString());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void makeDomain() throws IOException {
        copy(distribution.resolve("glassfish/domains").resolve(DOMAIN), domains.resolve(DOMAIN));
        Path file = domains.resolve(DOMAIN).resolve("config/domain.xml");
        String text = Files.readString(file);
        for (int i = 0; i < PORTS.size(); i++) {
            text = text.replace('"' + PORTS.get(i) + '"', '"' + ports.get(i).toString() + '"');
        }
        text = text.replace("<network-listener port", "<network-listener address=\"127.0.0.1\" port");
        Files.writeString(file, text.replace("0.0.0.0", "127.0.0.1"));
    }

    private void prepare() throws IOException {
        String password = UUID.randomUUID().toString();
        Path passwords = Files.writeString(domains.resolve("passwords"), "AS_ADMIN_ALIASPASSWORD=" + password);
        asadmin("--passwordfile", passwords.toString(), "create-password-alias", "stompline-jms");
        asadmin(
                "multimode",
                "--file",
                Path.of("server-config/payara-server.asadmin").toAbsolutePath().toString());
        asadmin("jms-ping");
        users("add", "-u", "stompline", "-p", password, "-g", "user");
        users("delete", "-u", "guest", "-f");
        users("update", "-u", "admin", "-p", password, "-f");
        asadmin("set", "configs.config.server-config.jms-service.jms-host.default_JMS_host.admin-password=" + password);
    }

    private void users(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(distribution.resolve("mq/bin/imqusermgr").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-i",
                "imqbroker",
                "-varhome",
                domains.resolve(DOMAIN).resolve("imq").toString()));
        run(command);
    }

    private void asadmin(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(distribution.resolve("bin/asadmin").toString()));
        command.addAll(List.of("--interactive=false", "--port", ports.get(0).toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) {
        try {
            Path output = Files.createTempFile(domains, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().put("AS_JAVA", System.getProperty("java.home"));
            // OpenMQ names its files after destinations.
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            if (!process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end of " + command + "\n" + Files.readString(output));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed\n" + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }

    private int httpPort() {
        return ports.get(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** All held at the same time, so that none comes twice. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
