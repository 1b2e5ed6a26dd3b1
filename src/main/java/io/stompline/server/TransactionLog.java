package io.stompline.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where the server keeps its decisions about transactions that span a database and the broker, to finish after a crash
 * what it had begun to commit.
 *
 * <p>In databases and in the broker its part of a transaction bears its name, by which it finds it again. So the name
 * must never change while there is this log, and no other server may have it: it would roll back what this one is about
 * to commit.
 */
final class TransactionLog {
    private TransactionLog() {}

    /**
     * Makes it below the data directory unless it is there, and sets the system property that the command file reads.
     */
    static void prepare(Path data) throws IOException {
        Path name = Files.createDirectories(data.resolve("transactions")).resolve("name");
        if (!Files.exists(name)) {
            // Moved when it is complete: half a name would be another one at the next start.
            Path written = Files.writeString(name.resolveSibling("name.new"), newName());
            Files.move(written, name);
        }
        System.setProperty("stompline.transactions.name", Files.readString(name));
    }

    /** Of one length, so that none begins with another. Payara uses 56 characters, to which it adds some of its own. */
    private static String newName() {
        return UUID.randomUUID().toString();
    }
}
