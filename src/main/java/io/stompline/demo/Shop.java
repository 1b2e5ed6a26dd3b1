package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.StompPublisher;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;

/** Transactions: an order is written into a database and announced to browsers, both or neither. */
@Singleton
@Lock(LockType.READ)
@DataSourceDefinition(
        name = "java:app/demo/shop",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;"
                + "INIT=CREATE TABLE IF NOT EXISTS orders(item VARCHAR\\, customer VARCHAR)",
        user = "sa",
        password = "",
        minPoolSize = 0,
        maxPoolSize = 32)
public class Shop {
    /** An order, and whether its payment is to fail after everything else was done. */
    public record Order(@NotBlank @Size(max = 50) String item, boolean paymentFails) {}

    /** The payload that everybody receives. */
    public record Announcement(String by, String item) {}

    @Resource(lookup = "java:app/demo/shop")
    private DataSource database;

    @Inject
    private StompPublisher publisher;

    @Inject
    private Event<Orders.Placed> placed;

    /** In a transaction, as every method of an enterprise bean; the exception rolls it back. */
    @OnSend("/app/orders")
    public void order(@Valid Order order, Principal customer) throws SQLException, PaymentFailedException {
        insert(order.item(), customer.getName());
        publisher.publish("/topic/orders", new Announcement(customer.getName(), order.item()));
        placed.fire(new Orders.Placed(Instant.now()));
        if (order.paymentFails()) {
            throw new PaymentFailedException(order.item());
        }
    }

    /** The number of orders in the database. */
    @OnSubscribe("/app/orders/count")
    public long count() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void insert(String item, String customer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
            insert.setString(1, item);
            insert.setString(2, customer);
            insert.executeUpdate();
        }
    }
}
