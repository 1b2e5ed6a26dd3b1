package io.stompline.app;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads all classes of this library. A class that is first needed while the process cannot open a file fails until the
 * JVM ends, and the classes first needed in such a moment are those that end connections.
 */
final class OwnClasses {
    private static final System.Logger LOG = System.getLogger(OwnClasses.class.getName());
    private static final String ROOT = "io/stompline";
    private static final String SUFFIX = ".class";

    private OwnClasses() {}

    /** Loads the classes that are found; skips those that need an absent library. */
    static void load() {
        String own = "/" + OwnClasses.class.getName().replace('.', '/') + SUFFIX;
        try {
            URI uri = OwnClasses.class.getResource(own).toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    load(jar.getPath(uri.toString().substring(uri.toString().indexOf('!') + 1)), own);
                }
            } else {
                load(Path.of(uri), own);
            }
        } catch (IOException | URISyntaxException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "classes are loaded when they are needed, which fails while no file can be opened: {0}",
                    e.toString());
        }
    }

    private static void load(Path ownFile, String own) throws IOException {
        Path top = ownFile;
        for (long steps = own.chars().filter(character -> character == '/').count(); steps > 0; steps--) {
            top = top.getParent();
        }
        try (Stream<Path> files = Files.walk(top.resolve(ROOT))) {
            for (Path file : files.toList()) {
                String name = top.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (name.endsWith(SUFFIX)) {
                    load(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, OwnClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notForThisServer) {
            LOG.log(System.Logger.Level.DEBUG, "not loaded: {0}", notForThisServer.toString());
        }
    }
}
