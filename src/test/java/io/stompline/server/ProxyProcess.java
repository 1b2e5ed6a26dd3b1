package io.stompline.server;

import io.stompline.tls.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * nginx or HAProxy in front of a server, with the configuration of {@code server-config/proxy}, TLS and a certificate
 * that is made for it. One thread at a time.
 */
public final class ProxyProcess implements AutoCloseable {
    private static final Path FILES = Path.of("server-config/proxy");
    private static final String CONFIGURATION = "configuration";

    /** After which its file has it close a silent connection. */
    private static final String TIMEOUT = "75s";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Program program;
    private final Path directory;
    private final int port;
    private final SSLContext tls;
    private final List<Process> replaced = new ArrayList<>();
    private Process process;

    /** The programs that there are configurations for. */
    public enum Program {
        NGINX("nginx.conf") {
            @Override
            List<String> command(Path configuration) {
                return List.of("nginx", "-p", configuration.getParent().toString(), "-c", configuration.toString());
            }

            @Override
            String around(String recipe) {
                // Who is root has to say as whom the connections are served; others may not.
                return (System.getProperty("user.name").equals("root") ? "user root;\n" : "") + """
                        daemon off;
                        worker_processes 1;
                        pid nginx.pid;
                        error_log stderr;
                        events {}
                        http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        %s}
                        """.formatted(recipe);
            }

            @Override
            void drain(ProxyProcess proxy, boolean on) throws IOException, InterruptedException {
                Path file = proxy.configuration();
                String text = Files.readString(file);
                Files.writeString(file, on ? text.replaceFirst(IN_USE, "down;") : text.replaceFirst("down;", IN_USE));
                reload(proxy);
            }

            @Override
            void reload(ProxyProcess proxy) throws IOException, InterruptedException {
                List<String> reload = new ArrayList<>(command(proxy.configuration()));
                reload.addAll(List.of("-s", "reload"));
                new ProcessBuilder(reload).inheritIO().start().waitFor();
            }
        },
        HAPROXY("haproxy.cfg") {
            @Override
            List<String> command(Path configuration) {
                return List.of("haproxy", "-db", "-f", configuration.toString());
            }

            @Override
            String around(String recipe) {
                return recipe;
            }

            @Override
            void drain(ProxyProcess proxy, boolean on) throws IOException {
                proxy.command("set server stompline/one state " + (on ? "drain" : "ready"));
            }

            /** A new process tells the old one to take no more connections, and to end with its last. */
            @Override
            void reload(ProxyProcess proxy) throws IOException {
                proxy.replaced.add(proxy.process);
                List<String> successor = new ArrayList<>(command(proxy.configuration()));
                successor.addAll(List.of("-sf", Long.toString(proxy.process.pid())));
                proxy.process = proxy.run(successor);
            }
        };

        /** Behind a server in the file of nginx. */
        private static final String IN_USE = "max_fails=1 fail_timeout=2s;";

        private final String name;

        Program(String name) {
            this.name = name;
        }

        /** Its configuration. */
        public Path file() {
            return FILES.resolve(name);
        }

        abstract List<String> command(Path configuration);

        abstract String around(String recipe);

        abstract void drain(ProxyProcess proxy, boolean on) throws IOException, InterruptedException;

        abstract void reload(ProxyProcess proxy) throws IOException, InterruptedException;
    }

    private ProxyProcess(Program program, Path directory, int port, SSLContext tls) {
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.tls = tls;
        this.process = launch();
    }

    /**
     * Starts it in front of that port of this machine and waits until it takes connections.
     *
     * @throws AssertionError with what to install if the program is not there
     */
    public static ProxyProcess start(Program program, int serverPort) throws IOException, GeneralSecurityException {
        return start(program, serverPort, TIMEOUT);
    }

    /** As above, and closes a connection in which nothing passes for that time, such as {@code 3s}. */
    public static ProxyProcess start(Program program, int serverPort, String timeout)
            throws IOException, GeneralSecurityException {
        Path directory = Scratch.create("proxy");
        TestCertificate certificate = TestCertificate.make(directory, "chat.example", TestCertificate.EC);
        Path configuration = directory.resolve(CONFIGURATION);
        int port = FreePorts.next();
        Files.writeString(
                configuration,
                program.around(recipe(program, directory, port, serverPort).replace(TIMEOUT, timeout)));
        return new ProxyProcess(program, directory, port, TestCertificate.trusting(certificate));
    }

    private Process launch() {
        try {
            return run(program.command(configuration()));
        } catch (IOException e) {
            throw new AssertionError("needs " + program + ", which src/build/test-programs.sh fetches", e);
        }
    }

    /** Until it takes connections. */
    private Process run(List<String> command) throws IOException {
        Path log = directory.resolve("log");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        Awaitility.await()
                .atMost(LIMIT)
                .failFast(() -> {
                    if (!started.isAlive()) {
                        throw new IllegalStateException(log(log));
                    }
                })
                .until(() -> isOpen(port));
        return started;
    }

    /** Kills it with all its connections, and starts it again at the same port. */
    public void restart() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().atMost(LIMIT).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        process = launch();
    }

    /** Has it read its file again without a stop: open connections may end by themselves. */
    public void reload() throws IOException, InterruptedException {
        program.reload(this);
    }

    /** A TLS connection to it from that address of this machine. */
    public Socket connect(InetAddress from) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
        return tls.getSocketFactory().createSocket(plain, "localhost", port, true);
    }

    /** Gives no new connections to the server and keeps the open ones, or takes that back: as its file says. */
    public void drain(boolean on) throws IOException, InterruptedException {
        program.drain(this, on);
    }

    private Path configuration() {
        return directory.resolve(CONFIGURATION);
    }

    /** Has HAProxy carry out a command, as an operator would through its socket. */
    private void command(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(directory.resolve("admin.sock")));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.isBlank()) {
                throw new IOException(answer);
            }
        }
    }

    /** Host and port as its clients know them. */
    public String authority() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        replaced.add(process);
        replaced.forEach(Process::destroy);
        Awaitility.await().atMost(LIMIT).until(() -> replaced.stream().noneMatch(Process::isAlive));
        Scratch.delete(directory);
    }

    /** The file that goes with the server, with ports and files of this machine. */
    private static String recipe(Program program, Path directory, int port, int serverPort) throws IOException {
        return Files.readString(program.file())
                .replace("127.0.0.1:8080", "127.0.0.1:" + serverPort)
                .replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("bind :443", "bind 127.0.0.1:" + port)
                .replace("/run/haproxy", directory.toString())
                .replaceAll(
                        "/etc/\\w+/chat\\.example",
                        directory.resolve("chat.example").toString());
    }

    private static boolean isOpen(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String log(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
