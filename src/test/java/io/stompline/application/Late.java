package io.stompline.application;

import io.stompline.api.PublishException;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PostPersist;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Publishes while transactions complete, and after. */
public final class Late {
    private static final String TOPIC = "/topic/late";

    private Late() {}

    /** What was done: {@code never} ends in a rollback. */
    public record Done(String name, TransactionPhase when) {
        boolean fails() {
            return name.startsWith("never");
        }
    }

    /** A row of the database. */
    @Entity
    @EntityListeners(NoteListener.class)
    public static class Note {
        @Id
        private String name;

        /** For the provider. */
        public Note() {}

        Note(String name) {
            this.name = name;
        }
    }

    /** Called when the rows are written, which is at the end of the transaction. */
    public static class NoteListener {
        @Inject
        private StompPublisher publisher;

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        private TransactionSynchronizationRegistry registry;

        @PostPersist
        void written(Note note) {
            publisher.publish(TOPIC, note.name);
            if (note.name.startsWith("never")) {
                registry.setRollbackOnly();
            }
        }
    }

    /** Hears what was done, at the end. */
    @ApplicationScoped
    public static class Observer {
        @Inject
        private StompPublisher publisher;

        @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
        private TransactionSynchronizationRegistry registry;

        void before(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Done done) {
            if (done.when() == TransactionPhase.BEFORE_COMPLETION) {
                publisher.publish(TOPIC, done.name());
                if (done.fails()) {
                    registry.setRollbackOnly();
                }
            }
        }

        void after(@Observes(during = TransactionPhase.AFTER_SUCCESS) Done done) {
            if (done.when() == TransactionPhase.AFTER_SUCCESS) {
                publisher.publish(TOPIC, done.name());
            }
        }
    }

    /** Does something and has it told at the end of its transaction. */
    @Stateless
    @DataSourceDefinition(
            name = "java:app/notes",
            className = "org.h2.jdbcx.JdbcDataSource",
            url = "jdbc:h2:mem:notes;DB_CLOSE_DELAY=-1",
            user = "sa",
            password = "")
    public static class Desk {
        @Inject
        private StompPublisher publisher;

        @Inject
        private Event<Done> events;

        @Resource
        private TransactionSynchronizationRegistry registry;

        @Resource(lookup = "java:appserver/TransactionManager")
        private TransactionManager transactions;

        @PersistenceContext
        private EntityManager notes;

        /** In a transaction of its own, or in the caller's. */
        public void act(String how, String name) {
            switch (how) {
                case "interposed" -> registry.registerInterposedSynchronization(before(name));
                case "registered" -> register(before(name));
                case "observer" -> events.fire(new Done(name, TransactionPhase.BEFORE_COMPLETION));
                case "entity" -> notes.persist(new Note(name));
                case "option" ->
                    registry.registerInterposedSynchronization(
                            before(name, () -> publisher.publish(TOPIC, name, PublishOptions.afterCommit())));
                case "jms" -> registry.registerInterposedSynchronization(before(name, () -> sendPlain(name)));
                case "failed" -> {
                    registry.setRollbackOnly();
                    try {
                        publisher.publish(TOPIC, "never");
                    } catch (PublishException e) {
                        publisher.publish(TOPIC, name + ": " + e.getMessage(), PublishOptions.immediately());
                    }
                }
                case "kept" -> {
                    try {
                        publisher.publishToUser("ann", "/queue/late", name, PublishOptions.keptFor(Duration.ofDays(1)));
                    } catch (PublishException e) {
                        publisher.publish(TOPIC, e.getMessage(), PublishOptions.immediately());
                    }
                }
                case "after" ->
                    registry.registerInterposedSynchronization(
                            completion(() -> fail(name), status -> publisher.publish(TOPIC, name + " " + status)));
                case "success" -> events.fire(new Done(name, TransactionPhase.AFTER_SUCCESS));
                default -> throw new IllegalArgumentException(how);
            }
        }

        /** Publishes at once, too. */
        public void publishAndAct(String how, String name) {
            publisher.publish(TOPIC, name + " early");
            act(how, name);
        }

        /** In a transaction of its own. */
        @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
        public void actAlone(String how, String name) {
            act(how, name);
        }

        private Synchronization before(String name) {
            return before(name, () -> publisher.publish(TOPIC, name));
        }

        private Synchronization before(String name, Runnable task) {
            return completion(
                    () -> {
                        task.run();
                        fail(name);
                    },
                    status -> {});
        }

        /** As the guide says. */
        @SuppressWarnings("BanJNDI") // a constant name
        private static void sendPlain(String name) {
            try (JMSContext jms = InitialContext.<ConnectionFactory>doLookup("jms/stompline__pm")
                    .createContext()) {
                jms.createProducer().send(jms.createTopic("late"), name);
            } catch (NamingException e) {
                throw new EJBException(e);
            }
        }

        private void fail(String name) {
            if (name.startsWith("never")) {
                registry.setRollbackOnly();
            }
        }

        private void register(Synchronization synchronization) {
            try {
                transactions.getTransaction().registerSynchronization(synchronization);
            } catch (RollbackException | SystemException e) {
                throw new EJBException(e);
            }
        }

        private static Synchronization completion(Runnable before, IntConsumer after) {
            return new Synchronization() {
                @Override
                public void beforeCompletion() {
                    before.run();
                }

                @Override
                public void afterCompletion(int status) {
                    after.accept(status);
                }
            };
        }
    }

    /** Has a transaction of its own while that of the desk ends. */
    @Stateless
    public static class Chief {
        @Inject
        private Desk desk;

        @Inject
        private StompPublisher publisher;

        /** Whether the desk fails or not, this one commits. */
        public void have(String how, String name) {
            publisher.publish(TOPIC, "chief");
            try {
                desk.actAlone(how, name);
            } catch (EJBException e) {
                publisher.publish(TOPIC, "failed");
            }
        }
    }

    /** A CDI bean with a transaction. */
    @ApplicationScoped
    public static class Clerk {
        @Inject
        private Desk desk;

        /** The transaction ends behind this bean. */
        @Transactional
        public void have(String how, String name) {
            desk.act(how, name);
        }
    }

    /** {@code GET /late?who=…&how=…&name=…}. */
    @WebServlet("/late")
    public static class Door extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient Desk desk;

        @Inject
        private transient Chief chief;

        @Inject
        private transient Clerk clerk;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String how = request.getParameter("how");
            String name = request.getParameter("name");
            try {
                switch (request.getParameter("who")) {
                    case "desk" -> desk.act(how, name);
                    case "desk-twice" -> desk.publishAndAct(how, name);
                    case "chief" -> chief.have(how, name);
                    case "clerk" -> clerk.have(how, name);
                    default -> throw new IllegalArgumentException();
                }
                response.getWriter().print("committed");
            } catch (EJBException | IllegalStateException e) {
                response.getWriter().print("rolled back");
            } catch (RuntimeException e) {
                if (!(e.getCause() instanceof RollbackException)) {
                    throw e;
                }
                response.getWriter().print("rolled back");
            }
        }
    }
}
