package io.stompline.application;

import io.stompline.api.PublishOptions;
import io.stompline.api.StompInbox;
import io.stompline.api.StompPublisher;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.time.Duration;

/** Keeps messages for users in a database that several servers share: the system property {@code alerts.database}. */
public final class Alerts {
    private static final String QUEUE = "/queue/kept";

    private Alerts() {}

    /** Keeps a message in a transaction of its own. */
    @Stateless
    @DataSourceDefinition(
            name = "java:app/alerts",
            className = "org.h2.jdbcx.JdbcDataSource",
            url = "${alerts.database}",
            user = "sa",
            password = "")
    public static class Desk {
        @Inject
        private StompPublisher publisher;

        @Resource
        private TransactionSynchronizationRegistry registry;

        /** Commits. */
        public void keep(String user, String text) {
            publisher.publishToUser(user, QUEUE, text, PublishOptions.keptFor(Duration.ofDays(1)));
        }

        /** Is rolled back. */
        public void keepAndFail(String user, String text) {
            keep(user, text);
            throw new EJBException("rolled back");
        }

        /** Commits; then this server is no more, before anybody is told. */
        public void keepAndDie(String user, String text) {
            registry.registerInterposedSynchronization(new Death());
            keep(user, text);
        }
    }

    /** What is registered first is called first. */
    private static final class Death implements Synchronization {
        @Override
        public void beforeCompletion() {
            // Not yet.
        }

        @Override
        public void afterCompletion(int status) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** {@code GET /alerts?what=…&user=…&text=…}. */
    @WebServlet("/alerts")
    public static class Door extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient Desk desk;

        @Inject
        private transient StompInbox inbox;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String user = request.getParameter("user");
            String text = request.getParameter("text");
            try {
                response.getWriter().print(act(request.getParameter("what"), user, text));
            } catch (EJBException e) {
                response.getWriter().print(e.getMessage());
            }
        }

        private String act(String what, String user, String text) {
            switch (what) {
                case "keep" -> desk.keep(user, text);
                case "keep-and-fail" -> desk.keepAndFail(user, text);
                case "keep-and-die" -> desk.keepAndDie(user, text);
                case "unread" -> {
                    return Integer.toString(inbox.unread(user, QUEUE));
                }
                default -> throw new IllegalArgumentException(what);
            }
            return "done";
        }
    }
}
