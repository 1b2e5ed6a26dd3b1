package io.stompline.application;

import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.EJBException;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Writes orders into a database and tells browsers, in one transaction. */
@Singleton
@Startup
@Lock(LockType.READ)
@DataSourceDefinition(
        name = "java:app/orders",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:file:${stompline.data}/orders",
        user = "sa",
        password = "")
public class Orders {
    /** What browsers get. */
    public record Order(String name, LocalDate due) {}

    @Resource(lookup = "java:app/orders")
    private DataSource database;

    @Inject
    private StompPublisher publisher;

    @PostConstruct
    void createTable() {
        execute("CREATE TABLE IF NOT EXISTS orders(name VARCHAR PRIMARY KEY)");
    }

    /** Writes and tells; then fails if that is wanted. */
    public void place(String name, boolean fail) {
        insert(name);
        publisher.publish("/topic/orders", new Order(name, LocalDate.of(2030, 1, 2)));
        publisher.publish("/queue/orders", name);
        if (fail) {
            throw new EJBException("rolled back");
        }
    }

    /** The same with the cheaper kind of telling. */
    public void placeAndTellAfterwards(String name, boolean fail) {
        insert(name);
        publisher.publish("/topic/orders", name, PublishOptions.afterCommit());
        if (fail) {
            throw new EJBException("rolled back");
        }
    }

    /** Tells in so many octets. */
    public void placeAndTell(String name, int octets, PublishOptions options) {
        insert(name);
        publisher.publish("/topic/orders", "x".repeat(octets), options);
    }

    /** Changes the payload after publishing it. */
    public void placeAndChange(String name) {
        List<String> payload = new ArrayList<>(List.of(name));
        publisher.publish("/topic/orders", payload);
        payload.add("changed");
    }

    /** All orders in the database. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<String> names() {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM orders ORDER BY name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    private void insert(String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }
}
