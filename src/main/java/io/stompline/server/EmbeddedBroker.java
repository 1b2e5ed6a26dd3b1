package io.stompline.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;

/**
 * OpenMQ in this JVM, with one account that is new at every start.
 *
 * <p>OpenMQ comes with admin/admin and guest/guest. Here its user repository holds a single user with a random
 * password. The message broker listens on no port, so only this process needs the password, and a new one is made at
 * each start.
 *
 * @param data the data directory; made if missing
 * @param accessControl the access rules, copied to the place where the message broker reads them
 * @param maxBodyBytes the largest body that the message broker has to take; empty for the value of its files
 */
record EmbeddedBroker(Path data, Path accessControl, OptionalInt maxBodyBytes) implements Broker {

    private static final String USER = "stompline";
    private static final int PASSWORD_BYTES = 24;

    /** The message broker counts headers as well. */
    private static final int HEADER_BYTES = 128 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @Override
    public String commandFile() {
        return "embedded-broker.asadmin";
    }

    /**
     * Writes the files of the message broker, among them its user repository, and a password file for the application.
     */
    @Override
    public void prepare() throws IOException {
        Path etc = data.resolve("mq/instances/stompline/etc");
        Files.createDirectories(etc, OWNER_ONLY_DIRECTORY);
        String password = randomPassword();
        Path passwordFile = data.resolve("jms-password");
        writeForOwner(passwordFile, password);
        writeForOwner(etc.resolve("passwd"), repositoryLine(password));
        Files.copy(accessControl, etc.resolve("accesscontrol.properties"), StandardCopyOption.REPLACE_EXISTING);
        if (maxBodyBytes.isPresent()) {
            setMessageLimit(maxBodyBytes.getAsInt() + HEADER_BYTES);
        }
        System.setProperty("stompline.jms.user", USER);
        System.setProperty("stompline.jms.password", password);
        System.setProperty("stompline.jms.password-file", passwordFile.toString());
    }

    /** In the file of the instance, which lies over broker.properties; what else is there stays. */
    private void setMessageLimit(int bytes) throws IOException {
        Path file = data.resolve("mq/instances/stompline/props/config.properties");
        Files.createDirectories(file.getParent(), OWNER_ONLY_DIRECTORY);
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream content = Files.newInputStream(file)) {
                properties.load(content);
            }
        }
        properties.setProperty("imq.message.max_size", Integer.toString(bytes));
        properties.setProperty("imq.autocreate.destination.maxBytesPerMsg", Integer.toString(bytes));
        try (OutputStream content = Files.newOutputStream(file)) {
            properties.store(content, "settings of this instance");
        }
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
