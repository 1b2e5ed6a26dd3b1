package io.stompline.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Command files made one: Payara Micro takes a single one for each moment. */
final class Commands {
    private Commands() {}

    /**
     * Writes the commands of these files, in this order, into a file.
     *
     * @return that file
     */
    static Path join(List<Path> files, Path into) throws IOException {
        Files.writeString(into, "");
        for (Path file : files) {
            Files.write(into, Files.readAllLines(file), StandardOpenOption.APPEND);
        }
        return into;
    }
}
