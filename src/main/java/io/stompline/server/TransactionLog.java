package io.stompline.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The server's log of decisions about transactions that span a database and the message broker; after a crash the
 * server finishes the commits that it had begun.
 *
 * <p>Databases and the message broker store the server's name with its part of a transaction, and the server finds the
 * part by it. So the name must not change as long as this log exists, and no other server may have it: the other would
 * roll back transactions that this one is about to commit.
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
