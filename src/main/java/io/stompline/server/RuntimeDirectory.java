package io.stompline.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where Payara Micro keeps its configuration and the unpacked applications while it runs.
 *
 * <p>By itself it takes a temporary directory that others can read, and begins to delete it at the same moment as it
 * begins to stop the applications: these then miss classes that they need to close. Here it is a part of the
 * data directory, for the owner only, and deleted at the next start.
 */
final class RuntimeDirectory {
    private RuntimeDirectory() {}

    /** An empty one below the data directory, which is made if missing. */
    static Path create(Path data) throws IOException {
        Path directory = data.resolve("payara");
        Files.createDirectories(data);
        delete(directory);
        return Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            Files.walkFileTree(directory, new Deleting());
        }
    }

    /** Does not follow links. */
    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
