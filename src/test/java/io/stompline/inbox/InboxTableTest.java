package io.stompline.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database does with the table that its shipped file makes. */
abstract class InboxTableTest {
    private static final long NOW = 1_000_000;
    private static final Address ANN = address("ann", "/user/queue/alerts");
    private static final int ALL_BYTES = 10_000_000;

    private TestDatabase database;
    private InboxTable table;

    /** One with an empty table. */
    abstract TestDatabase database();

    @BeforeEach
    void open() {
        database = database();
        table = new InboxTable(database);
    }

    private static Address address(String user, String destination) {
        return new Address(user, Destination.parse(destination).orElseThrow());
    }

    private long insert(Address address, String body) throws SQLException {
        return table.insert(address, Headers.none(), Body.utf8(body), NOW, NOW + 10, false);
    }

    private List<String> bodies(Address address) throws SQLException {
        List<Long> ids = table.ids(address, NOW);
        return ids.isEmpty()
                ? List.of()
                : table.messages(address, ids, ALL_BYTES).stream()
                        .map(kept -> kept.message().body().text().orElse("?"))
                        .toList();
    }

    @Test
    void message_insertedAndRead_isTheSame() throws SQLException {
        byte[] octets = new byte[300_000];
        IntStream.range(0, octets.length).forEach(i -> octets[i] = (byte) i);
        Headers headers = Headers.of("content-type", "a/b", "who: \\x", "l1\nl2\r", "grüße", "☃", "empty", "");
        Address snow = address("Zoë ☃", "/user/queue/älerts");
        long id = table.insert(snow, headers, Body.of(octets), NOW, NOW + 10, false);
        List<KeptMessage> read = table.messages(snow, table.ids(snow, NOW), ALL_BYTES);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).id()).isEqualTo(id);
        assertThat(read.get(0).message().body().toBytes()).isEqualTo(octets);
        assertThat(read.get(0).message().destination()).isEqualTo(snow.destination());
        assertThat(read.get(0).message().headers())
                .isEqualTo(new Headers.Builder()
                        .addAll(headers)
                        .add("timestamp", Long.toString(NOW))
                        .add("x-inbox-id", Long.toString(id))
                        .build());
    }

    @Test
    void message_emptyBody_isEmptyAlsoWhereThatIsNull() throws SQLException {
        insert(ANN, "");
        insert(ANN, "2");
        assertThat(bodies(ANN)).containsExactly("", "2");
        database.execute("ALTER TABLE stompline_inbox ALTER COLUMN body DROP NOT NULL");
        database.execute("UPDATE stompline_inbox SET body = NULL");
        assertThat(bodies(ANN)).containsExactly("", "");
    }

    @Test
    void messages_severalUsersAndDestinations_areKeptApartInOrder() throws SQLException {
        insert(ANN, "1");
        insert(address("Ann", "/user/queue/alerts"), "of another");
        insert(address("ann ", "/user/queue/alerts"), "of one more");
        insert(address("ann", "/user/queue/Alerts"), "elsewhere");
        insert(ANN, "2");
        assertThat(bodies(ANN)).containsExactly("1", "2");
        assertThat(table.count(ANN, NOW)).isEqualTo(2);
        assertThat(table.count(address("bob", "/user/queue/alerts"), NOW)).isZero();
    }

    @Test
    void messages_larger_comeInParts() throws SQLException {
        for (int i = 0; i < 5; i++) {
            insert(ANN, "x".repeat(1_000));
        }
        List<Long> ids = table.ids(ANN, NOW);
        assertThat(table.messages(ANN, ids, 1)).hasSize(1);
        assertThat(table.messages(ANN, ids, 3_500)).hasSize(3);
        assertThat(table.messages(ANN, ids.subList(1, 3), ALL_BYTES))
                .extracting(KeptMessage::id)
                .containsExactlyElementsOf(ids.subList(1, 3));
    }

    @Test
    void delete_saysWhichWereThere() throws SQLException {
        InboxTable.Row first = new InboxTable.Row(insert(ANN, "1"), ANN);
        insert(ANN, "2");
        InboxTable.Row gone = new InboxTable.Row(first.id() + 100, ANN);
        InboxTable.Row foreign = new InboxTable.Row(insert(ANN, "3"), address("bob", "/user/queue/alerts"));
        assertThat(table.delete(List.of(first, gone, foreign))).containsExactly(first);
        assertThat(table.delete(List.of(first))).isEmpty();
        assertThat(bodies(ANN)).containsExactly("2", "3");
    }

    @Test
    void displace_deletesTheOldestOfTheUser() throws SQLException {
        insert(address("bob", "/user/queue/alerts"), "bob's");
        for (int i = 0; i < 5; i++) {
            insert(ANN, "m" + i);
        }
        assertThat(table.displace(ANN, 5, NOW)).isZero();
        assertThat(table.displace(ANN, 3, NOW)).isEqualTo(2);
        assertThat(bodies(ANN)).containsExactly("m2", "m3", "m4");
        assertThat(database.rows()).isEqualTo(4);
    }

    @Test
    void displace_expired_takesNoRoom() throws SQLException {
        for (int i = 0; i < 3; i++) {
            insert(ANN, "m" + i);
        }
        for (int i = 0; i < 3; i++) {
            table.insert(ANN, Headers.none(), Body.utf8("short"), NOW, NOW + 1, false);
        }
        assertThat(table.displace(ANN, 3, NOW + 1)).isZero();
        assertThat(table.displace(ANN, 2, NOW + 1)).isEqualTo(1);
        assertThat(table.count(ANN, NOW + 1)).isEqualTo(2);
        assertThat(database.rows()).isEqualTo(5);
    }

    @Test
    void expired_isNotThereAndDeleted() throws SQLException {
        insert(ANN, "1");
        assertThat(table.ids(ANN, NOW + 10)).isEmpty();
        assertThat(table.count(ANN, NOW + 10)).isZero();
        assertThat(table.after(0, NOW + 10)).isEmpty();
        assertThat(table.deleteExpired(NOW + 9)).isZero();
        assertThat(table.deleteExpired(NOW + 10)).isEqualTo(1);
    }

    @Test
    void after_givesWhatIsNewer() throws SQLException {
        assertThat(table.newest()).isZero();
        long first = insert(ANN, "1");
        Address bob = address("bob", "/user/topic/a");
        long second = insert(bob, "2");
        assertThat(table.newest()).isEqualTo(second);
        assertThat(table.after(first, NOW)).containsExactly(new InboxTable.Row(second, bob));
        assertThat(table.after(-10_000, NOW)).hasSize(2);
    }

    @Test
    void transaction_rolledBack_leavesNothing() throws SQLException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            InboxTable within = new InboxTable(of(transaction));
            within.insert(ANN, Headers.none(), Body.utf8("never"), NOW, NOW + 10, true);
            assertThat(within.count(ANN, NOW, true)).isEqualTo(1);
            transaction.rollback();
            within.insert(ANN, Headers.none(), Body.utf8("1"), NOW, NOW + 10, true);
            assertThat(bodies(ANN)).isEmpty();
            transaction.commit();
        }
        assertThat(bodies(ANN)).containsExactly("1");
    }

    /** Gives the connection of a transaction, as a container does, and closes it never. */
    private static DataSource of(Connection transaction) {
        Connection open = (Connection) Proxy.newProxyInstance(
                InboxTableTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(transaction, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                InboxTableTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return open;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** As many nodes do it, each in an order of its own: each row is somebody's. */
    @Test
    void delete_atOnce_eachRowIsGivenOnce() throws Exception {
        List<InboxTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new InboxTable.Row(insert(ANN, "m" + i), ANN));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<InboxTable.Row>>> deletions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<InboxTable.Row> shuffled = new ArrayList<>(rows);
                Collections.shuffle(shuffled, new Random(i));
                deletions.add(threads.submit(() -> table.delete(shuffled)));
            }
            List<InboxTable.Row> deleted = new ArrayList<>();
            for (Future<List<InboxTable.Row>> each : deletions) {
                deleted.addAll(each.get());
            }
            assertThat(deleted).hasSameSizeAs(rows);
            assertThat(Set.copyOf(deleted)).isEqualTo(Set.copyOf(rows));
        } finally {
            threads.shutdownNow();
        }
    }
}
