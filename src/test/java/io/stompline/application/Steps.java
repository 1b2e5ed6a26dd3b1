package io.stompline.application;

import io.stompline.api.StompPublisher;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Writes an order into a database and into a queue, in one transaction, with a crash where it is wanted. */
@Singleton
@Startup
public class Steps {
    @Resource(lookup = "jdbc/orders")
    private DataSource database;

    @Resource(lookup = "java:appserver/TransactionManager")
    private TransactionManager transactions;

    @Inject
    private StompPublisher publisher;

    /** Outside of transactions: the first of them is the tests' own. */
    @PostConstruct
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void createTable() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders(name VARCHAR PRIMARY KEY)");
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    /** Takes these steps in one transaction: the resources take part in it, and commit, in this order. */
    public void place(String name, String... steps) {
        for (String step : steps) {
            switch (step) {
                case "database" -> insert(name);
                case "queue" -> publisher.publish("/queue/orders", name);
                default -> enlist(new Crash(Crash.Moment.valueOf(step)));
            }
        }
    }

    /** All orders in the database. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<String> names() {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM orders")) {
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

    private void enlist(Crash crash) {
        try {
            transactions.getTransaction().enlistResource(crash);
        } catch (RollbackException | SystemException e) {
            throw new EJBException(e);
        }
    }
}
