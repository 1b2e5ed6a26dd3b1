package io.stompline.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for {@code localhost} that nobody has signed but its own key: for trying, in a directory that only the
 * owner reads. It stays over restarts, until it is about to expire.
 */
public final class SelfSigned {
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration REST = Duration.ofDays(14);
    private static final int PASSWORD_BYTES = 24;

    private SelfSigned() {}

    /**
     * The files, made by the program keytool of this Java unless they are there.
     *
     * @param directory made if missing
     * @throws TlsFault if keytool fails or is missing
     */
    public static CertificateFiles in(Path directory) throws IOException, TlsFault {
        CertificateFiles files =
                new CertificateFiles(directory.resolve("self-signed.p12"), directory.resolve("self-signed.password"));
        if (!isGood(files)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            make(directory, files);
        }
        return files;
    }

    private static boolean isGood(CertificateFiles files) {
        try {
            return files.read().expiry().isAfter(Instant.now().plus(REST));
        } catch (TlsFault absentOrFaulty) {
            return false;
        }
    }

    private static void make(Path directory, CertificateFiles files) throws IOException, TlsFault {
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        Files.deleteIfExists(files.key());
        Files.createFile(
                files.key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(files.key(), Base64.getUrlEncoder().withoutPadding().encodeToString(password));
        Path made = directory.resolve("new.p12");
        Files.deleteIfExists(made);
        run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SubjectAlternativeName=dns:localhost,ip:127.0.0.1,ip:::1",
                        "-ext",
                        "ExtendedKeyUsage=serverAuth",
                        "-validity",
                        Long.toString(LIFE.toDays()),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        made.toString(),
                        "-storepass:file",
                        files.key().toString()),
                directory.resolve("keytool.log"));
        Files.move(made, files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void run(List<String> command, Path log) throws IOException, TlsFault {
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new TlsFault("stompline.tls.self-signed: keytool has failed, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlsFault("stompline.tls.self-signed: interrupted", e);
        }
        Files.deleteIfExists(log);
    }
}
