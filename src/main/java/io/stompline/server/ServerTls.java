package io.stompline.server;

import io.stompline.time.WrittenTime;
import io.stompline.tls.CertificateFiles;
import io.stompline.tls.CurrentCertificate;
import io.stompline.tls.SelfSigned;
import io.stompline.tls.TlsFault;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;

/**
 * Whether the port of the server speaks TLS, as the settings say. With TLS it speaks nothing else: no passcode travels
 * in clear because a client took the wrong scheme.
 *
 * @param certificate empty for a port without TLS
 * @param selfSigned whether the certificate was made here, for trying
 * @param interval how often its files are looked at
 */
record ServerTls(Optional<CurrentCertificate> certificate, boolean selfSigned, Duration interval) {
    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());
    private static final String SELF_SIGNED = "stompline.tls.self-signed";
    private static final String INTERVAL = "stompline.tls.reload-interval";
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int ANSWER_MILLIS = 10_000;

    /**
     * As the settings say.
     *
     * @param setting the value of a key, if it is set
     * @param data the directory in which a certificate for trying is kept
     * @throws TlsFault if there is no certificate that can be used
     * @throws IllegalArgumentException if the settings contradict each other
     */
    static ServerTls from(Function<String, Optional<String>> setting, Path data) throws IOException, TlsFault {
        Optional<Path> file = setting.apply(CertificateFiles.CERTIFICATE).map(Path::of);
        Optional<Path> key = setting.apply(CertificateFiles.KEY).map(Path::of);
        boolean selfSigned = flag(setting.apply(SELF_SIGNED).orElse("false"));
        if (file.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(
                    CertificateFiles.CERTIFICATE + " and " + CertificateFiles.KEY + " need each other");
        }
        Optional<Path> clientIssuers =
                setting.apply(CertificateFiles.CLIENT_ISSUERS).map(Path::of);
        if (clientIssuers.isPresent() && !selfSigned && file.isEmpty()) {
            throw new IllegalArgumentException(
                    CertificateFiles.CLIENT_ISSUERS + " needs " + CertificateFiles.CERTIFICATE);
        }
        if (selfSigned && file.isPresent()) {
            throw new IllegalArgumentException(SELF_SIGNED + " and " + CertificateFiles.CERTIFICATE
                    + " are two certificates: leave out one of them");
        }
        Duration interval = setting.apply(INTERVAL).map(ServerTls::interval).orElse(DEFAULT_INTERVAL);
        Optional<CertificateFiles> files = selfSigned
                ? Optional.of(SelfSigned.in(data.resolve("tls")))
                : file.map(certificate -> new CertificateFiles(certificate, key.orElseThrow()));
        return files.isEmpty()
                ? new ServerTls(Optional.empty(), false, interval)
                : new ServerTls(
                        Optional.of(CurrentCertificate.of(files.get().withClientIssuers(clientIssuers))),
                        selfSigned,
                        interval);
    }

    private static boolean flag(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(SELF_SIGNED + " must be true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    private static Duration interval(String text) {
        Optional<WrittenTime> written = WrittenTime.read(text);
        return written.filter(time -> time.isFrom(SHORTEST, LONGEST))
                .map(WrittenTime::duration)
                .orElseThrow(() -> new IllegalArgumentException(INTERVAL
                        + " must be a time such as 10s or PT10S, or a number of milliseconds, from 1 second to 1 day"
                        + written.map(time -> time.explained(SHORTEST, LONGEST)).orElse("")));
    }

    boolean isOn() {
        return certificate.isPresent();
    }

    /** Has the listeners use it when they open; called before the server boots. */
    void prepare() {
        certificate.ifPresent(CurrentCertificate::useInServer);
        System.setProperty("stompline.tls.enabled", Boolean.toString(isOn()));
    }

    /** Follows the files from now on. */
    void watch() {
        certificate.ifPresent(current -> {
            if (selfSigned) {
                LOG.log(
                        Level.WARNING,
                        "a self-signed certificate is for trying (" + SELF_SIGNED + "): browsers ask whether to go on");
            }
            current.watch(interval);
        });
    }

    /** Whether that port speaks TLS with our certificate, if it has to: it must not speak anything else. */
    boolean isSpokenAt(InetAddress address, int port) {
        if (!isOn()) {
            return true;
        }
        try (Socket socket = connect(address, port)) {
            ((SSLSocket) socket).startHandshake();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A connection to the port of this server.
     *
     * @throws IOException also later, if the port speaks TLS with another certificate
     */
    Socket connect(InetAddress address, int port) throws IOException {
        Socket socket = certificate.isPresent()
                ? certificate.get().trustedByItself().createSocket(address, port)
                : new Socket(address, port);
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }
}
