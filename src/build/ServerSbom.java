import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists the libraries of the server as a CycloneDX document: {@code java ServerSbom.java DIRECTORY VERSION FILE}.
 *
 * <p>Maven knows payara-micro.jar as one library and OpenMQ as none; each has the libraries of others inside. So this
 * looks into every archive of the directory, and into archives in it, for what Maven has left there
 * (pom.properties), or for the version in the manifest of those whose group is known.
 */
public final class ServerSbom {
    private static final Pattern ARCHIVE = Pattern.compile("(.+)\\.[jwr]ar");

    /** By their package URLs, so that each is there once. */
    private final Map<String, String> components = new TreeMap<>();

    /** Groups of archives that have no pom.properties, by the beginning of their names. */
    private static final Map<String, String> GROUPS = Map.of(
            "asm", "org.ow2.asm",
            "h2", "com.h2database",
            "imq", "org.glassfish.mq",
            "reactive-streams", "org.reactivestreams",
            "reactor-core", "io.projectreactor");

    private record Library(String group, String name, String version) {
        /** A WebJar of npm has the weaknesses that are known of the package at npm. */
        String url() {
            return group.equals("org.webjars.npm")
                    ? "pkg:npm/" + name.replaceFirst("(.+)__", "%40$1/") + "@" + version
                    : "pkg:maven/" + group + "/" + name + "@" + version;
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSbom sbom = new ServerSbom();
        sbom.lookInto(Path.of(args[0]));
        Files.writeString(Path.of(args[2]), sbom.document(args[1]));
    }

    private void lookInto(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(one -> one.toString().endsWith("ar")).toList()) {
                Matcher archive = ARCHIVE.matcher(file.getFileName().toString());
                if (archive.matches()) {
                    look(archive.group(1), file);
                }
            }
        }
    }

    private void look(String name, Path archive) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(archive)) {
            lookInto(content.getPath("/"));
            List<Library> libraries = ofMaven(content.getPath("/META-INF/maven"));
            if (libraries.isEmpty()) {
                libraries = ofManifest(name, content.getPath("/META-INF/MANIFEST.MF")).stream().toList();
            }
            if (!libraries.isEmpty()) {
                // Of several libraries the others are inside; the hash is that of the archive all the same.
                String hash = hash(Files.readAllBytes(archive));
                libraries.forEach(one -> components.putIfAbsent(one.url(), component(one, name, hash)));
            }
        }
    }

    private static List<Library> ofMaven(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Library> libraries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(one -> one.endsWith("pom.properties")).toList()) {
                Properties properties = new Properties();
                try (InputStream text = Files.newInputStream(file)) {
                    properties.load(text);
                }
                Path coordinates = directory.relativize(file);
                Optional.ofNullable(properties.getProperty("version"))
                        .map(version -> new Library(
                                coordinates.getName(0).toString(), coordinates.getName(1).toString(), version))
                        .ifPresent(libraries::add);
            }
        }
        return libraries;
    }

    private static Optional<Library> ofManifest(String name, Path manifest) throws IOException {
        Optional<String> group = GROUPS.entrySet().stream()
                .filter(known -> name.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (group.isEmpty() || !Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        try (InputStream text = Files.newInputStream(manifest)) {
            Attributes attributes = new Manifest(text).getMainAttributes();
            return Stream.of("Implementation-Version", "Bundle-Version")
                    .map(attributes::getValue)
                    .filter(Objects::nonNull)
                    .map(version -> new Library(group.get(), name, version.replaceFirst(" .*", "")))
                    .findFirst();
        }
    }

    private static String component(Library library, String file, String hash) {
        return """
                {
                      "type": "library",
                      "bom-ref": "%s",
                      "group": "%s",
                      "name": "%s",
                      "version": "%s",
                      "hashes": [ { "alg": "SHA-256", "content": "%s" } ],
                      "purl": "%s",
                      "properties": [ { "name": "file", "value": "%s" } ]
                    }""".formatted(
                        library.url(), library.group(), library.name(), library.version(), hash, library.url(), file);
    }

    private String document(String version) {
        return """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "version": 1,
                  "metadata": {
                    "component": { "type": "application", "name": "stompline-server", "version": "%s" }
                  },
                  "components": [
                    %s
                  ]
                }
                """.formatted(version, String.join(",\n    ", components.values()));
    }

    private static String hash(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
