package io.stompline.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * nginx or HAProxy in front of a server, with the guide's recipe, TLS and a certificate that is made for it. One thread
 * at a time.
 */
public final class ProxyProcess implements AutoCloseable {
    private static final Path GUIDE = Path.of("src/site/markdown/proxies.md");
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final SSLContext tls;
    private final Process process;

    /** The programs that the guide has a recipe for. */
    public enum Program {
        NGINX {
            @Override
            List<String> command(Path configuration) {
                return List.of("nginx", "-p", configuration.getParent().toString(), "-c", configuration.toString());
            }

            @Override
            String around(String recipe) {
                // One process, which needs no other user.
                return """
                        daemon off;
                        master_process off;
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
        },
        HAPROXY {
            @Override
            List<String> command(Path configuration) {
                return List.of("haproxy", "-db", "-f", configuration.toString());
            }

            @Override
            String around(String recipe) {
                return recipe;
            }
        };

        abstract List<String> command(Path configuration);

        abstract String around(String recipe);
    }

    private ProxyProcess(Path directory, int port, SSLContext tls, Process process) {
        this.directory = directory;
        this.port = port;
        this.tls = tls;
        this.process = process;
    }

    /**
     * Starts it in front of that port of this machine and waits until it takes connections.
     *
     * @throws AssertionError with what to install if the program is not there
     */
    public static ProxyProcess start(Program program, int serverPort) throws IOException, GeneralSecurityException {
        Path directory = Scratch.create("proxy");
        KeyStore store = certificate(directory);
        Path configuration = directory.resolve("configuration");
        int port = FreePorts.next();
        Files.writeString(configuration, program.around(recipe(program, directory, port, serverPort)));
        Path log = directory.resolve("log");
        Process process;
        try {
            process = new ProcessBuilder(program.command(configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new AssertionError("needs " + program + ", which src/build/test-programs.sh fetches", e);
        }
        Awaitility.await()
                .atMost(LIMIT)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(log(log));
                    }
                })
                .until(() -> isOpen(port));
        return new ProxyProcess(directory, port, trusting(store), process);
    }

    /** A TLS connection to it from that address of this machine. */
    public Socket connect(InetAddress from) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
        return tls.getSocketFactory().createSocket(plain, "localhost", port, true);
    }

    /** Host and port as its clients know them. */
    public String authority() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        Awaitility.await().atMost(LIMIT).until(() -> !process.isAlive());
        Scratch.delete(directory);
    }

    /** What the guide says, with ports and files of this machine. */
    private static String recipe(Program program, Path directory, int port, int serverPort) throws IOException {
        String language = program.name().toLowerCase(Locale.ROOT);
        Matcher found =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        if (!found.find()) {
            throw new AssertionError("no recipe for " + program);
        }
        return found.group(1)
                .replace("127.0.0.1:8080", "127.0.0.1:" + serverPort)
                .replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("bind :443", "bind 127.0.0.1:" + port)
                .replaceAll(
                        "/etc/\\w+/chat\\.example",
                        directory.resolve("chat.example").toString());
    }

    /** Makes a certificate for localhost, and files with it and its key as both programs read them. */
    private static KeyStore certificate(Path directory) throws IOException, GeneralSecurityException {
        Path file = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "proxy",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        Awaitility.await().atMost(LIMIT).until(() -> !keytool.isAlive());
        KeyStore store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
        Key key = store.getKey("proxy", STORE_PASSWORD);
        Certificate certificate = store.getCertificate("proxy");
        String crt = pem("CERTIFICATE", certificate.getEncoded());
        String pem = pem("PRIVATE KEY", key.getEncoded());
        Files.writeString(directory.resolve("chat.example.crt"), crt);
        Files.writeString(directory.resolve("chat.example.key"), pem);
        Files.writeString(directory.resolve("chat.example.pem"), crt + pem);
        return store;
    }

    private static String pem(String what, byte[] octets) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(octets);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("proxy", store.getCertificate("proxy"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
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
