package io.stompline.security.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the keys are. Thread-safe. */
interface KeySource extends AutoCloseable {
    /** Most octets of keys. A large provider has some 10 KiB. */
    int MAX_BYTES = 256 * 1024;

    /** Its name in the log: no secret. */
    String name();

    /** Reads the keys. May block, but not for long. */
    String read() throws IOException;

    /** It is not read any more. Idempotent. */
    @Override
    default void close() {}

    /** The source that a setting names: an address, a file, a resource of the application, or the keys themselves. */
    static KeySource of(String keys) {
        if (isRemote(keys)) {
            return new KeyAddress(URI.create(keys), KeyAddress.TIMEOUT);
        }
        if (!isLocation(keys)) {
            return new Text(keys);
        }
        Path file = file(keys);
        return Files.exists(file) || keys.startsWith("file:")
                ? new OfFile(file)
                : new Resource(keys, Thread.currentThread().getContextClassLoader());
    }

    /** The file of an address such as {@code file:///etc/keys.pem}, which people write in many ways, or of a path. */
    private static Path file(String keys) {
        if (!keys.startsWith("file:")) {
            return Path.of(keys);
        }
        String path = keys.substring("file:".length()).replaceFirst("^//", "");
        try {
            return Path.of(Optional.ofNullable(new URI(keys).getPath()).orElse(path));
        } catch (URISyntaxException e) {
            return Path.of(path);
        }
    }

    /** Whether the keys are somewhere else. */
    static boolean isRemote(String keys) {
        return keys.startsWith("https:") || keys.startsWith("http:");
    }

    /** The fault of an address, to follow the key of the setting; empty if there is none. */
    static Optional<String> fault(String keys) {
        if (!isRemote(keys)) {
            return Optional.empty();
        }
        try {
            return KeyAddress.fault(URI.create(keys));
        } catch (IllegalArgumentException e) {
            return Optional.of("is no address");
        }
    }

    /** MicroProfile JWT allows the key itself as a setting: PEM, JSON, or either in base64 without head and foot. */
    private static boolean isLocation(String keys) {
        return !keys.startsWith("{")
                && !keys.startsWith("-----BEGIN")
                && !keys.startsWith(ENCODED_JSON)
                && (keys.indexOf('.') >= 0 || keys.startsWith("/") || keys.length() < 100);
    }

    /** The beginning of JSON in Base64: a short secret must not be taken for the name of a file, which is logged. */
    String ENCODED_JSON = "eyJ";

    /** The keys are the setting itself. */
    record Text(String text) implements KeySource {
        @Override
        public String name() {
            return "the setting itself";
        }

        @Override
        public String read() {
            return text;
        }

        /** Without the keys, which may be secret. */
        @Override
        public String toString() {
            return name();
        }
    }

    /** A file. */
    record OfFile(Path file) implements KeySource {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public String read() throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                return text(content);
            }
        }
    }

    /** A file in the application. */
    record Resource(String name, ClassLoader application) implements KeySource {
        @Override
        public String read() throws IOException {
            String path = name.startsWith("/") ? name.substring(1) : name;
            try (InputStream content = application.getResourceAsStream(path)) {
                if (content == null) {
                    throw new IOException("there is no such file, and the application has none of that name");
                }
                return text(content);
            }
        }
    }

    private static String text(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " octets");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
