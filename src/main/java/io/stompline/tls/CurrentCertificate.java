package io.stompline.tls;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;

/**
 * The certificate that new connections get; follows its files. Open connections keep the one that they began with.
 * Thread-safe.
 *
 * <p>A faulty change leaves the certificate that was there before, and is told when it is still there at the next look:
 * a program that renews writes one file after the other. Faulty is also a certificate outside its time, as long as the
 * one before is within its own.
 */
public final class CurrentCertificate {
    private static final System.Logger LOG = System.getLogger(CurrentCertificate.class.getName());
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration UNTIL_TOLD_AGAIN = Duration.ofDays(1);

    private static volatile Optional<CurrentCertificate> ofServer = Optional.empty();

    private final CertificateFiles files;
    private final InstantSource clock;
    private volatile ServerCertificate current;
    private Optional<String> fault = Optional.empty();
    private boolean faultTold;
    private Instant expiryTold = Instant.MIN;

    CurrentCertificate(CertificateFiles files, InstantSource clock) throws TlsFault {
        this.files = files;
        this.clock = clock;
        this.current = files.read();
    }

    /**
     * The certificate in these files.
     *
     * @throws TlsFault if there is none that can be used
     */
    public static CurrentCertificate of(CertificateFiles files) throws TlsFault {
        return new CurrentCertificate(files, InstantSource.system());
    }

    /** The certificate that the listeners of this JVM use; empty if they have no TLS of ours. */
    public static Optional<CurrentCertificate> ofServer() {
        return ofServer;
    }

    /** Has the listeners of this JVM use it, when they open. */
    public void useInServer() {
        ofServer = Optional.of(this);
    }

    /** The server's side of a new connection: TLS 1.2 or 1.3, no extension that chooses a protocol (ALPN). */
    public SSLEngine newEngine() {
        return current.newEngine();
    }

    /** The context of new connections; another one after each renewal. */
    public SSLContext context() {
        return current.context();
    }

    /** Connects to this server and to nobody else: trusts the current certificate, for any name of the host. */
    public SSLSocketFactory trustedByItself() {
        return current.trustedByItself();
    }

    /** Says what it is, and looks at the files after each interval. */
    public void watch(Duration interval) {
        LOG.log(Level.INFO, "TLS with " + description());
        warnIfOthersRead();
        warnBeforeItExpires();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(look -> {
            Thread thread = new Thread(look, "stompline-certificate");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                this::lookSafely, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A timer runs no task again that has thrown. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the certificate of the server was not looked at", e);
        }
    }

    /** Reads the files, takes what is new in them, and warns of what is wrong. */
    synchronized void look() {
        try {
            ServerCertificate found = files.read();
            boolean isNew = !found.isSameAs(current);
            if (isNew) {
                checkTime(found);
            }
            fault = Optional.empty();
            if (isNew) {
                current = found;
                expiryTold = Instant.MIN;
                LOG.log(Level.INFO, "TLS of new connections from now on with " + description());
                warnIfOthersRead();
            }
        } catch (TlsFault e) {
            tell(e.getMessage());
        }
        warnBeforeItExpires();
    }

    private void checkTime(ServerCertificate found) throws TlsFault {
        Instant now = clock.instant();
        Optional<String> reason = found.outsideItsTime(now);
        if (reason.isPresent() && current.outsideItsTime(now).isEmpty()) {
            throw new TlsFault(CertificateFiles.CERTIFICATE + ": " + files.certificate() + " " + reason.get());
        }
    }

    private void tell(String what) {
        if (!fault.equals(Optional.of(what))) {
            fault = Optional.of(what);
            faultTold = false;
        } else if (!faultTold) {
            faultTold = true;
            LOG.log(Level.WARNING, what + "; the certificate from before is used until that is mended");
        }
    }

    private synchronized void warnBeforeItExpires() {
        Instant now = clock.instant();
        Instant expiry = current.expiry();
        if (expiry.isBefore(now.plus(SOON)) && !now.isBefore(expiryTold.plus(UNTIL_TOLD_AGAIN))) {
            expiryTold = now;
            LOG.log(
                    Level.WARNING,
                    CertificateFiles.CERTIFICATE + ": " + files.certificate()
                            + (expiry.isAfter(now) ? " expires at " : " has expired at ") + expiry);
        }
    }

    private void warnIfOthersRead() {
        if (files.isKeyReadByOthers()) {
            LOG.log(
                    Level.WARNING,
                    "every account of this machine can read " + files.key() + " (" + CertificateFiles.KEY
                            + "): chmod o-r " + files.key());
        }
    }

    private String description() {
        return "the certificate of " + current.own().getSubjectX500Principal() + " in " + files.certificate()
                + ", which expires at " + current.expiry() + issuers();
    }

    private String issuers() {
        return current.clientIssuers().isEmpty()
                ? ""
                : "; clients are asked for a certificate of "
                        + current.clientIssuers().stream()
                                .map(issuer -> String.valueOf(issuer.getSubjectX500Principal()))
                                .collect(Collectors.joining(", "));
    }
}
