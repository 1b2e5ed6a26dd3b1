package io.stompline.inbox;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The statements on the table {@code stompline_inbox}: what H2, PostgreSQL, MySQL and Oracle have in common.
 * Thread-safe; each call takes a connection, and waits for the database.
 */
final class InboxTable {
    /** The length of the columns for names. */
    static final int MAX_NAME_CHARS = 255;

    private static final int TIMEOUT_SECONDS = 10;
    private static final int FETCH_ROWS = 1_000;

    /** What a message takes beside its octets, about: names and the ids of its frame. */
    private static final int FRAME_BYTES = 600;

    /** The user is asked for, too: there are collations in which {@code bob} equals {@code Bob}. */
    private static final String IDS =
            "SELECT id, user_name FROM stompline_inbox WHERE user_name = ? AND destination = ? AND expires > ? ORDER BY id";

    private static final String NEWEST_FIRST =
            "SELECT id, user_name FROM stompline_inbox WHERE user_name = ? AND expires > ? ORDER BY id DESC";

    private static final String MESSAGES = "SELECT id, headers, body, created FROM stompline_inbox"
            + " WHERE user_name = ? AND destination = ? AND id BETWEEN ? AND ? ORDER BY id";

    private static final String INSERT = "INSERT INTO stompline_inbox"
            + " (user_name, destination, headers, body, created, expires) VALUES (?, ?, ?, ?, ?, ?)";

    private final DataSource source;

    InboxTable(DataSource source) {
        this.source = source;
    }

    /** A row that is in the table, or was. */
    record Row(long id, Address address) {}

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Adds a row, on the thread and in the JTA transaction of the caller.
     *
     * @param inTransaction whether there is one, which commits
     * @return its id
     */
    long insert(Address address, Headers headers, Body body, long created, long expires, boolean inTransaction)
            throws SQLException {
        Work<Long> insert = connection -> {
            try (PreparedStatement row = connection.prepareStatement(INSERT, new String[] {"id"})) {
                row.setString(1, address.user());
                row.setString(2, address.destination().text());
                row.setBytes(3, StoredHeaders.write(headers));
                row.setBytes(4, body.toBytes());
                row.setLong(5, created);
                row.setLong(6, expires);
                row.executeUpdate();
                return generated(row);
            }
        };
        return call(insert, inTransaction);
    }

    private static long generated(PreparedStatement row) throws SQLException {
        try (ResultSet keys = row.getGeneratedKeys()) {
            if (!keys.next()) {
                throw new SQLException("the database gives no id for a new row");
            }
            return keys.getLong(1);
        }
    }

    /** The ids of what is kept at an address and not expired, in order. */
    List<Long> ids(Address address, long now) throws SQLException {
        return call(connection -> {
            List<Long> ids = new ArrayList<>();
            try (PreparedStatement query = at(connection, IDS, address)) {
                query.setLong(3, now);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (address.user().equals(rows.getString(2))) {
                            ids.add(rows.getLong(1));
                        }
                    }
                }
            }
            return ids;
        });
    }

    /**
     * Messages of an address, by id.
     *
     * @param wanted ids between which no other was in the table
     * @param maxBytes it stops above that, with at least one
     */
    List<KeptMessage> messages(Address address, List<Long> wanted, int maxBytes) throws SQLException {
        Set<Long> ids = Set.copyOf(wanted);
        return call(connection -> {
            List<KeptMessage> messages = new ArrayList<>();
            int bytes = 0;
            try (PreparedStatement query = at(connection, MESSAGES, address)) {
                query.setLong(3, wanted.get(0));
                query.setLong(4, wanted.get(wanted.size() - 1));
                try (ResultSet rows = query.executeQuery()) {
                    while (bytes < maxBytes && rows.next()) {
                        byte[] headers = rows.getBytes(2);
                        byte[] body = stored(rows.getBytes(3));
                        bytes += FRAME_BYTES + headers.length + body.length;
                        if (ids.contains(rows.getLong(1))) {
                            messages.add(message(rows.getLong(1), address, headers, body, rows.getLong(4)));
                        }
                    }
                }
            }
            return messages;
        });
    }

    /** To Oracle nothing is NULL. */
    private static byte[] stored(byte[] body) {
        return body == null ? new byte[0] : body;
    }

    private static KeptMessage message(long id, Address address, byte[] stored, byte[] body, long created) {
        Headers headers = new Headers.Builder()
                .addAll(StoredHeaders.read(stored))
                .add(HeaderNames.TIMESTAMP, Long.toString(created))
                .add(HeaderNames.INBOX_ID, Long.toString(id))
                .build();
        return new KeptMessage(id, Message.of(address.destination(), headers, Body.of(body), ""));
    }

    /** How many are kept at an address and not expired. */
    int count(Address address, long now) throws SQLException {
        return count(address, now, false);
    }

    /**
     * How many are kept at an address and not expired, on the thread and in the JTA transaction of the caller.
     *
     * @param inTransaction whether there is one, which commits
     */
    int count(Address address, long now, boolean inTransaction) throws SQLException {
        Work<Integer> count = connection -> {
            try (PreparedStatement query = at(
                    connection,
                    "SELECT COUNT(*) FROM stompline_inbox WHERE user_name = ? AND destination = ? AND expires > ?",
                    address)) {
                query.setLong(3, now);
                return (int) number(query);
            }
        };
        return call(count, inTransaction);
    }

    /** Deletes rows; gives those that were there. */
    List<Row> delete(Collection<Row> rows) throws SQLException {
        return call(connection -> delete(connection, rows));
    }

    /** By id: nodes that delete the same rows in different orders would be a deadlock to the database. */
    private static List<Row> delete(Connection connection, Collection<Row> rows) throws SQLException {
        List<Row> all = rows.stream().sorted(Comparator.comparingLong(Row::id)).toList();
        List<Row> deleted = new ArrayList<>();
        for (int from = 0; from < all.size(); from += FETCH_ROWS) {
            List<Row> some = all.subList(from, Math.min(all.size(), from + FETCH_ROWS));
            int[] counts = deleteSome(connection, some);
            for (int i = 0; i < counts.length; i++) {
                // Negative: it is gone, and the driver does not say whether it was there.
                if (counts[i] != 0) {
                    deleted.add(some.get(i));
                }
            }
        }
        return deleted;
    }

    private static int[] deleteSome(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement delete =
                prepare(connection, "DELETE FROM stompline_inbox WHERE id = ? AND user_name = ?")) {
            for (Row row : rows) {
                delete.setLong(1, row.id());
                delete.setString(2, row.address().user());
                delete.addBatch();
            }
            return delete.executeBatch();
        }
    }

    /**
     * Deletes the oldest rows of a user, whatever their destination. What has expired takes no room, and is left to
     * {@link #deleteExpired}.
     *
     * @param max how many stay
     * @return how many were deleted
     */
    int displace(Address user, int max, long now) throws SQLException {
        return call(connection -> {
            try (PreparedStatement query =
                    prepare(connection, "SELECT COUNT(*) FROM stompline_inbox WHERE user_name = ?")) {
                query.setString(1, user.user());
                if (number(query) <= max) {
                    return 0;
                }
            }
            return delete(connection, allButNewest(connection, user, max, now)).size();
        });
    }

    private static List<Row> allButNewest(Connection connection, Address user, int max, long now) throws SQLException {
        List<Row> newestFirst = new ArrayList<>();
        try (PreparedStatement query = prepare(connection, NEWEST_FIRST)) {
            query.setString(1, user.user());
            query.setLong(2, now);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    if (user.user().equals(rows.getString(2))) {
                        newestFirst.add(new Row(rows.getLong(1), user));
                    }
                }
            }
        }
        return newestFirst.subList(Math.min(max, newestFirst.size()), newestFirst.size());
    }

    /** The largest id in the table; 0 if it is empty. */
    long newest() throws SQLException {
        return call(connection -> {
            try (PreparedStatement query = prepare(connection, "SELECT MAX(id) FROM stompline_inbox")) {
                return number(query);
            }
        });
    }

    /** The rows with a larger id that are not expired, by id: the first 20,000. */
    List<Row> after(long id, long now) throws SQLException {
        return call(connection -> {
            List<Row> found = new ArrayList<>();
            try (PreparedStatement query = prepare(
                    connection,
                    "SELECT id, user_name, destination FROM stompline_inbox WHERE id > ? AND expires > ? ORDER BY id")) {
                query.setLong(1, id);
                query.setLong(2, now);
                query.setFetchSize(FETCH_ROWS);
                query.setMaxRows(20 * FETCH_ROWS);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        long each = rows.getLong(1);
                        String user = rows.getString(2);
                        Destination.parse(rows.getString(3))
                                .ifPresent(known -> found.add(new Row(each, new Address(user, known))));
                    }
                }
            }
            return found;
        });
    }

    /** Deletes what has expired; gives how many rows. */
    int deleteExpired(long now) throws SQLException {
        return call(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM stompline_inbox WHERE expires <= ?")) {
                delete.setLong(1, now);
                return delete.executeUpdate();
            }
        });
    }

    private <T> T call(Work<T> work) throws SQLException {
        return call(work, false);
    }

    /** In a JTA transaction Payara 6.2025.10 hands a commit() to the driver, which commits all that the caller did. */
    private <T> T call(Work<T> work, boolean inTransaction) throws SQLException {
        try (Connection connection = source.getConnection()) {
            T result = work.on(connection);
            if (!inTransaction && !connection.getAutoCommit()) {
                connection.commit();
            }
            return result;
        }
    }

    private static PreparedStatement at(Connection connection, String sql, Address address) throws SQLException {
        PreparedStatement statement = prepare(connection, sql);
        statement.setString(1, address.user());
        statement.setString(2, address.destination().text());
        return statement;
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        return statement;
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
