package io.stompline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentCertificateTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    /** Later than the certificates that a test makes begin to be valid. */
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().plus(Duration.ofHours(1)));

    private final LogLines log = new LogLines(CurrentCertificate.class);
    private TestCertificate first;
    private CurrentCertificate current;

    @BeforeEach
    void readTheFirst() throws IOException, GeneralSecurityException, TlsFault {
        first = TestCertificate.make(directory, "first", List.of("-keyalg", "EC", "-validity", "100"));
        current = new CurrentCertificate(new CertificateFiles(first.crt(), first.keyFile()), now::get);
    }

    @AfterEach
    void forgetTheLog() {
        log.close();
    }

    @Test
    void files_unchanged_keepTheContextWithItsSessions() {
        SSLContext before = current.context();
        current.look();
        assertThat(current.context()).isSameAs(before);
        assertThat(log.all()).isEmpty();
    }

    @Test
    void files_renewed_areUsedAndTold() throws IOException, GeneralSecurityException {
        SSLContext before = current.context();
        renew(TestCertificate.make(directory, "second", TestCertificate.RSA));
        current.look();
        assertThat(current.context()).isNotSameAs(before);
        assertThat(log.all()).singleElement().asString().contains("from now on", "CN=localhost", "first.crt");
    }

    @Test
    void key_readableByEverybody_isAWarning() throws IOException, GeneralSecurityException {
        renew(TestCertificate.make(directory, "second", TestCertificate.RSA));
        Files.setPosixFilePermissions(first.keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
        current.look();
        assertThat(log.warnings()).singleElement().asString().endsWith("chmod o-r " + first.keyFile());
    }

    @Test
    void files_halfRenewed_areWaitedForWithoutAWord() throws IOException, GeneralSecurityException {
        TestCertificate second = TestCertificate.make(directory, "second", TestCertificate.RSA);
        SSLContext before = current.context();
        copy(second.crt(), first.crt());
        current.look();
        assertThat(current.context()).isSameAs(before);
        copy(second.keyFile(), first.keyFile());
        current.look();
        assertThat(current.context()).isNotSameAs(before);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void files_faulty_keepTheOldOneAndAreOneWarning() throws IOException, GeneralSecurityException {
        SSLContext before = current.context();
        String good = Files.readString(first.crt());
        Files.writeString(first.crt(), "nothing");
        for (int i = 0; i < 4; i++) {
            current.look();
        }
        assertThat(current.context()).isSameAs(before);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("stompline.tls.certificate: " + first.crt())
                .endsWith("; the certificate from before is used until that is mended");
        Files.writeString(first.crt(), good);
        current.look();
        Files.delete(first.crt());
        current.look();
        current.look();
        assertThat(log.warnings()).hasSize(2).last().asString().contains("cannot be read");
    }

    @Test
    void expiry_within14Days_isAWarningADay() throws IOException, GeneralSecurityException {
        Instant expiry = first.certificate().getNotAfter().toInstant();
        now.set(expiry.minus(DAY.multipliedBy(14)).minusSeconds(1));
        current.look();
        assertThat(log.warnings()).isEmpty();
        now.set(expiry.minus(DAY.multipliedBy(14)).plusSeconds(1));
        current.look();
        current.look();
        assertThat(log.warnings())
                .containsExactly("stompline.tls.certificate: " + first.crt() + " expires at " + expiry);
        now.set(now.get().plus(DAY));
        current.look();
        assertThat(log.warnings()).hasSize(2);
        now.set(expiry.plusSeconds(1).plus(DAY));
        current.look();
        assertThat(log.warnings()).hasSize(3).last().asString().contains(" has expired at " + expiry);
    }

    @Test
    void files_renewedByOneThatHasExpired_keepTheGoodOneAndAreOneWarning()
            throws IOException, GeneralSecurityException {
        TestCertificate expired = TestCertificate.make(
                directory, "second", List.of("-keyalg", "EC", "-validity", "1", "-startdate", "-9d"));
        keepsTheGoodOne(
                expired, "has expired at " + expired.certificate().getNotAfter().toInstant());
    }

    @Test
    void files_renewedByOneThatIsNotValidYet_keepTheGoodOneUntilThen() throws IOException, GeneralSecurityException {
        TestCertificate early = TestCertificate.make(
                directory, "second", List.of("-keyalg", "EC", "-validity", "90", "-startdate", "+2d"));
        Instant begin = early.certificate().getNotBefore().toInstant();
        SSLContext before = current.context();
        keepsTheGoodOne(early, "is not valid before " + begin);
        now.set(begin);
        current.look();
        assertThat(current.context()).isNotSameAs(before);
    }

    @Test
    void files_renewedByOneThatHasExpiredAsTheOldOne_areUsed() throws IOException, GeneralSecurityException {
        SSLContext before = current.context();
        renew(TestCertificate.make(directory, "second", List.of("-keyalg", "EC", "-validity", "99")));
        now.set(first.certificate().getNotAfter().toInstant().plusSeconds(1));
        current.look();
        assertThat(current.context()).isNotSameAs(before);
        assertThat(log.warnings()).singleElement().asString().contains(" has expired at ");
    }

    private void keepsTheGoodOne(TestCertificate renewed, String reason) throws IOException {
        SSLContext before = current.context();
        renew(renewed);
        for (int i = 0; i < 3; i++) {
            current.look();
        }
        assertThat(current.context()).isSameAs(before);
        assertThat(log.warnings())
                .containsExactly("stompline.tls.certificate: " + first.crt() + " " + reason
                        + "; the certificate from before is used until that is mended");
    }

    private void renew(TestCertificate by) throws IOException {
        copy(by.crt(), first.crt());
        copy(by.keyFile(), first.keyFile());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.writeString(to, Files.readString(from));
    }
}
