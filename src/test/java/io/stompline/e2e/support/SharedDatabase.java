package io.stompline.e2e.support;

import io.stompline.inbox.TestDatabase;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** A database in the memory of the test, with the table of kept messages, for several servers of this machine. */
final class SharedDatabase implements AutoCloseable {
    private final String name = Bridge.freshName();
    private final Server server;

    SharedDatabase() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        new TestDatabase(source, "h2");
        try {
            server = Server.createTcpServer("-tcpPort", "0").start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its URL for the user {@code sa} without a password. */
    String url() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + name;
    }

    @Override
    public void close() {
        server.stop();
    }
}
