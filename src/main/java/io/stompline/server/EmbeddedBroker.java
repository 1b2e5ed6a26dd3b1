package io.stompline.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * OpenMQ in this JVM, with one account that is new at every start.
 *
 * <p>OpenMQ comes with admin/admin and guest/guest. Here its user repository holds a single user with a random
 * password. The broker listens on no port, so that nobody but this process needs the password and it need not outlive
 * it.
 *
 * @param data the data directory; made if missing
 * @param accessControl the access rules, copied to where the broker reads them
 */
record EmbeddedBroker(Path data, Path accessControl) implements Broker {

    private static final String USER = "stompline";
    private static final int PASSWORD_BYTES = 24;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @Override
    public String commandFile() {
        return "embedded-broker.asadmin";
    }

    /** Writes the broker's user repository and its access rules, and a file with the password for the application. */
    @Override
    public void prepare() throws IOException {
        Path etc = data.resolve("mq/instances/stompline/etc");
        Files.createDirectories(etc, OWNER_ONLY_DIRECTORY);
        String password = randomPassword();
        Path passwordFile = data.resolve("jms-password");
        writeForOwner(passwordFile, password);
        writeForOwner(etc.resolve("passwd"), repositoryLine(password));
        Files.copy(accessControl, etc.resolve("accesscontrol.properties"), StandardCopyOption.REPLACE_EXISTING);
        System.setProperty("stompline.jms.user", USER);
        System.setProperty("stompline.jms.password", password);
        System.setProperty("stompline.jms.password-file", passwordFile.toString());
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A line of OpenMQ's passwd file: user, hash, group, active. */
    private static String repositoryLine(String password) {
        return "%s:%s:user:1%n".formatted(USER, hash(USER + ":" + password));
    }

    /** OpenMQ's own form of an MD5 hash: a signed number in hexadecimal digits. */
    private static String hash(String text) {
        try {
            return new BigInteger(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8))).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** A new file each time: one that is there could have other permissions or be a link. */
    private static void writeForOwner(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(file, content);
    }
}
