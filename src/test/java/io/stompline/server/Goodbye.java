package io.stompline.server;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a second to stop and then needs a class that nobody used before, to write the file of the property {@code
 * goodbye.file}.
 */
@WebListener
public class Goodbye implements ServletContextListener {
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        new LastWord(Path.of(System.getProperty("goodbye.file"))).write();
    }

    private record LastWord(Path file) {
        void write() {
            try {
                Files.writeString(file, "goodbye");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
