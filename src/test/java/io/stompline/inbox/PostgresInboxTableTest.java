package io.stompline.inbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real PostgreSQL, which the build brings. */
class PostgresInboxTableTest extends InboxTableTest {
    private static Optional<EmbeddedPostgres> server = Optional.empty();
    private static Optional<TestDatabase> database = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        server = Optional.of(EmbeddedPostgres.start());
        database = server.map(started -> new TestDatabase(started.getPostgresDatabase(), "postgresql"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    TestDatabase database() {
        TestDatabase there = database.orElseThrow();
        there.execute("TRUNCATE TABLE stompline_inbox");
        return there;
    }
}
