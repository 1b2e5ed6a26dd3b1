package io.stompline.application;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application of somebody's own that carries Stompline's classes JAR: beans and endpoint come along. */
public final class ApplicationWar {
    private ApplicationWar() {}

    /** A WAR of these classes, the classes JAR with what it needs, and the users of {@link TestUsers}. */
    public static WebArchive of(Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class)
                .addClasses(classes)
                .addClass(TestUsers.class)
                .addAsLibrary(classesJar().toFile())
                .addAsLibrary(
                        jarOf("com.fasterxml.jackson.databind.ObjectMapper").toFile())
                .addAsLibrary(jarOf("com.fasterxml.jackson.core.JsonFactory").toFile())
                .addAsLibrary(
                        jarOf("com.fasterxml.jackson.annotation.JsonProperty").toFile())
                .addAsLibrary(
                        jarOf("com.fasterxml.jackson.datatype.jdk8.Jdk8Module").toFile())
                .addAsLibrary(jarOf("com.fasterxml.jackson.datatype.jsr310.JavaTimeModule")
                        .toFile());
    }

    /** Writes a WAR into a new temporary file. */
    public static Path write(WebArchive war) {
        try {
            Path file = Files.createTempDirectory("war").resolve("application.war");
            war.as(ZipExporter.class).exportTo(file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the files of a directory below {@code target}, which is {@code WEB-INF/classes} for classes. */
    public static WebArchive add(WebArchive war, Path directory, String target) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> war.addAsWebResource(file.toFile(), target + "/" + directory.relativize(file)));
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WebJar of stompjs. */
    public static File stompJs() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("stomp__stompjs"))
                .map(File::new)
                .findFirst()
                .orElseThrow();
    }

    /** The JAR on the test's class path that holds a class. */
    public static Path jarOf(String className) {
        try {
            return Path.of(Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the build makes for applications. */
    public static Path classesJar() {
        Path target = Path.of(System.getProperty("stompline.server.dir", "target/server"))
                .toAbsolutePath()
                .getParent();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("stompline-.*-classes\\.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
