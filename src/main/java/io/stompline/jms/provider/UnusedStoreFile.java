package io.stompline.jms.provider;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a destination that an OpenMQ in this JVM made while its disk was full. It has the length, but no octet is
 * written, not even its head; OpenMQ (seen in 6.5.1) takes it for a damaged one for ever. Thread-safe.
 *
 * @param file holds no message
 */
record UnusedStoreFile(Path file) {
    private static final Logger LOG = System.getLogger(UnusedStoreFile.class.getName());
    private static final Pattern DIRECTORY = Pattern.compile("Failed to load message directory (.+) for destination ");

    /** OpenMQ begins with 1 MiB. */
    private static final long MAX_BYTES = 16L << 20;

    /** A younger one is perhaps being written: between its length and its head there is no pause. */
    private static final Duration AGE = Duration.ofSeconds(2);

    /**
     * The file that OpenMQ cannot read, if there is nothing in it.
     *
     * @param text of OpenMQ's exception
     */
    static Optional<UnusedStoreFile> in(String text) {
        Matcher directory = DIRECTORY.matcher(text);
        if (!directory.find()) {
            return Optional.empty();
        }
        Path file = Path.of(directory.group(1), "vrfile");
        try {
            return hasNothing(file) ? Optional.of(new UnusedStoreFile(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the file of a destination cannot be read: {0}", e.toString());
            return Optional.empty();
        }
    }

    private static boolean hasNothing(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return false;
        }
        byte[] block = new byte[1 << 16];
        try (InputStream content = Files.newInputStream(file)) {
            for (int count = content.read(block); count >= 0; count = content.read(block)) {
                for (int i = 0; i < count; i++) {
                    if (block[i] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Removes it, so that OpenMQ makes a new one for the next message; never throws. */
    void remove(InstantSource clock) {
        try {
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(clock.instant().minus(AGE))) {
                Files.deleteIfExists(file);
                LOG.log(Level.INFO, "removed {0}, which was made while the disk was full and holds nothing", file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the file {0} holds nothing and could not be removed: {1}", file, e.toString());
        }
    }
}
