package io.stompline.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database with the table as its shipped file makes it. It goes away when a test says so. */
public final class TestDatabase implements DataSource {
    private static int last;

    private final DataSource source;
    private boolean away;

    /** A new one in memory. */
    public static synchronized TestDatabase h2() {
        last++;
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:inbox-" + last + ";DB_CLOSE_DELAY=-1");
        return new TestDatabase(source, "h2");
    }

    /** An empty one, of that kind. */
    public TestDatabase(DataSource source, String kind) {
        this.source = source;
        for (String statement : ddl(kind).split(";", -1)) {
            if (!statement.isBlank()) {
                execute(statement);
            }
        }
    }

    private static String ddl(String kind) {
        try (InputStream file = TestDatabase.class.getResourceAsStream("/META-INF/stompline/inbox-" + kind + ".sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries out a statement. */
    public void execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows there are. */
    public int rows() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM stompline_inbox")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No connection can be had from now on. */
    public void goAway() {
        away = true;
    }

    /** Connections can be had again. */
    public void comeBack() {
        away = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (away) {
            throw new SQLException("connection refused");
        }
        return source.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("not used");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
