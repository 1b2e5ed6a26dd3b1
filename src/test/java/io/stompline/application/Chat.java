package io.stompline.application;

import io.stompline.api.Header;
import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.SendTo;
import io.stompline.api.Snapshot;
import io.stompline.api.StompClient;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompPublisher;
import io.stompline.api.Variable;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.naming.InitialContext;

/** Handlers of every kind. */
public final class Chat {
    /**
     * Not more than there may be threads for them, and below 30 processors more than there are when the server has
     * nothing else to do.
     */
    private static final int TOGETHER = Math.min(60, 2 * Runtime.getRuntime().availableProcessors() + 8);

    private Chat() {}

    /** What browsers say. */
    public record Line(@NotBlank String text, LocalDate on) {}

    /** What browsers get. */
    public record Said(String room, String by, Line line) {}

    /** A failure with an answer of its own. */
    public static class RoomClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An answer for exceptions that subclasses name. */
    public abstract static class ClosedMapper<E extends Exception> implements StompExceptionMapper<E> {
        @Override
        public Object toReply(E exception) {
            return Map.of("closed", true);
        }
    }

    /** That answer. */
    @ApplicationScoped
    public static class RoomClosedMapper extends ClosedMapper<RoomClosedException> {}

    /** Another failure. */
    public static class RoomFullException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Says how many of its kind have come to their end. */
    @Dependent
    public static class RoomFullMapper implements StompExceptionMapper<RoomFullException> {
        private static final AtomicInteger ENDED = new AtomicInteger();

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }

        @Override
        public Object toReply(RoomFullException exception) {
            return Map.of("ended", ENDED.get());
        }
    }

    /** A failure that nobody can explain. */
    public static class RoomBurntException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object explanation;

        RoomBurntException(Object explanation) {
            this.explanation = explanation;
        }
    }

    /** Fails itself, says nothing or something that is no JSON. */
    @ApplicationScoped
    public static class RoomBurntMapper implements StompExceptionMapper<RoomBurntException> {
        @Override
        public Object toReply(RoomBurntException exception) {
            if ("fails".equals(exception.explanation)) {
                throw new IllegalStateException("the mapper failed");
            }
            return exception.explanation;
        }
    }

    /** Handlers that beans inherit. */
    public abstract static class Building {
        /** As it is. */
        @OnSend("/app/doors")
        public int doors() {
            return 1;
        }

        /** Said anew. */
        @OnSend("/app/windows")
        public Object windows() {
            return 0;
        }
    }

    /** Inherits one handler, overrides the other. */
    @ApplicationScoped
    public static class House extends Building {
        @Override
        @OnSend("/app/windows")
        public Integer windows() {
            return 4;
        }
    }

    /** State of one call. */
    @RequestScoped
    public static class Calls {
        private final AtomicInteger count = new AtomicInteger();

        int next() {
            return count.incrementAndGet();
        }
    }

    /** An enterprise bean further down. */
    @Stateless
    public static class Manager {
        @Resource
        private SessionContext context;

        /** Who calls. */
        public String caller() {
            return context.getCallerPrincipal().getName() + " " + context.isCallerInRole("managers");
        }

        /** For managers only. */
        @RolesAllowed("managers")
        public String secret() {
            return "secret";
        }
    }

    /** Handlers of a CDI bean. */
    @ApplicationScoped
    public static class Rooms {
        @Inject
        private Manager manager;

        @Inject
        private SecurityContext security;

        @Inject
        private Calls calls;

        @Inject
        private StompPublisher publisher;

        @Resource
        private UserTransaction userTransaction;

        @Resource
        private ManagedExecutorService executor;

        private final CyclicBarrier both = new CyclicBarrier(2);

        private final CyclicBarrier all = new CyclicBarrier(TOGETHER);

        private int version;

        /** How many have to come for {@link #names()}. */
        @OnSend("/app/together")
        public int together() {
            return TOGETHER;
        }

        /** Looks up a name of the application once {@link Chat#TOGETHER} do so at once. */
        @OnSend("/app/names")
        @SuppressWarnings("BanJNDI") // a constant name
        public String names() throws Exception {
            all.await(20, TimeUnit.SECONDS);
            return InitialContext.<String>doLookup("java:module/ModuleName").isEmpty() ? "unnamed" : "named";
        }

        /** Comes later, not at all, or fails. */
        @OnSend("/app/later/{how}")
        public CompletionStage<Optional<String>> later(@Variable("how") String how) {
            return promise(how);
        }

        /** The same. */
        @OnSubscribe("/app/later/{how}")
        public CompletionStage<Optional<String>> laterOnSubscribe(@Variable("how") String how) {
            return promise(how);
        }

        private CompletionStage<Optional<String>> promise(String how) {
            return switch (how) {
                case "never" -> new CompletableFuture<>();
                case "closed" ->
                    executor.supplyAsync(() -> {
                        throw new RoomClosedException();
                    });
                default -> executor.supplyAsync(() -> Optional.of(how));
            };
        }

        /** There, or nothing. */
        @OnSend("/app/maybe")
        public Optional<String> maybe(String text) {
            return Optional.of(text).filter(Predicate.not(String::isEmpty));
        }

        /** Headers that are no texts. */
        @OnSend("/app/headers")
        public int headers(@Header("n") int n, @Header("on") Optional<LocalDate> on) {
            return n + on.map(LocalDate::getDayOfMonth).orElse(0);
        }

        /** To everybody in the room. */
        @OnSend("/app/chat/{room}/say")
        @SendTo("/topic/chat/{room}")
        public Said say(@Variable("room") String room, @Valid Line line, Principal by) {
            return new Said(room, by.getName(), line);
        }

        /** The literal goes before the variable. */
        @OnSend("/app/chat/lobby/say")
        public String lobby(String text, @Header("mood") Optional<String> mood) {
            return "lobby " + text + " " + mood.orElse("none");
        }

        /** To the sender. */
        @OnSend("/app/add/{a}/{b}")
        public int add(@Variable("a") int a, @Positive @Variable("b") int b, Map<String, String> headers) {
            return a + b + headers.size() * 0;
        }

        /** Who it is, seen from everywhere. */
        @OnSend("/app/who")
        public String who(Principal principal, StompClient client) {
            return principal.getName() + " " + client.user() + " " + manager.caller() + " "
                    + security.getCallerPrincipal().getName() + " " + calls.next();
        }

        /** Returns when two are here. */
        @OnSend("/app/meet")
        public int meet() throws Exception {
            both.await(30, TimeUnit.SECONDS);
            return calls.next();
        }

        /** Refused further down. */
        @OnSend("/app/secret")
        public String secret() {
            return manager.secret();
        }

        /** Refused here. */
        @OnSend("/app/managers")
        @RolesAllowed("managers")
        public String managers() {
            return "managers";
        }

        /** Fails as it knows. */
        @OnSend("/app/closed")
        public void closed() {
            throw new RoomClosedException();
        }

        /** Fails beyond explanation. */
        @OnSend("/app/burnt/{how}")
        public void burnt(@Variable("how") String how) {
            throw new RoomBurntException(
                    switch (how) {
                        case "nothing" -> null;
                        case "self" -> new Object();
                        default -> how;
                    });
        }

        /** Fails and leaves nothing behind. */
        @OnSend("/app/full")
        public void full() {
            throw new RoomFullException();
        }

        /** Fails with internals. */
        @OnSend("/app/broken")
        public void broken() {
            throw new IllegalStateException("jdbc:password=hunter2");
        }

        /** Returns as many octets. */
        @OnSend("/app/octets/{count}")
        public String octets(@Variable("count") int count) {
            return "x".repeat(count);
        }

        /** Publishes as many octets. */
        @OnSend("/app/octets-to-all/{count}")
        @SendTo("/topic/octets")
        public String octetsToAll(@Variable("count") int count) {
            return "x".repeat(count);
        }

        /** Publishes and rolls back. */
        @OnSend("/app/rollback")
        @Transactional
        public void rollback() {
            publisher.publish("/topic/rollback", "never");
            throw new RoomClosedException();
        }

        /** Begins a transaction and forgets it. */
        @OnSend("/app/forget")
        public void forget() throws NotSupportedException, SystemException {
            userTransaction.begin();
        }

        /** Whether the thread that it runs on has a transaction. */
        @OnSend("/app/status")
        public boolean hasTransaction() throws SystemException {
            return userTransaction.getStatus() != Status.STATUS_NO_TRANSACTION;
        }

        /** Publishes and commits. */
        @OnSend("/app/commit")
        @Transactional
        public void commit() {
            publisher.publish("/topic/rollback", "committed");
        }

        /** Publishes once it has committed. */
        @OnSend("/app/after-commit")
        @Transactional
        public void afterCommit(String body) {
            publisher.publish("/topic/after-commit", body, PublishOptions.afterCommit());
        }

        /** Counts, and tells. */
        @OnSend("/app/count")
        public synchronized void count() {
            version++;
            publisher.publish("/topic/count", version, PublishOptions.NONE.withVersion(version));
        }

        /** Where the counter is. */
        @OnSubscribe("/topic/count")
        public synchronized Snapshot counted() {
            return Snapshot.upTo(version, version);
        }

        /** A question. */
        @OnSubscribe("/app/version/{of}")
        public String versionOf(@Variable("of") String of) {
            return of + " 1.0";
        }

        /** For managers only. */
        @OnSubscribe("/topic/managers")
        @RolesAllowed("managers")
        public void managersOnly() {
            // Only looks on.
        }
    }

    /** A handler of an enterprise bean. */
    @Stateless
    public static class Desk {
        @Resource
        private SessionContext context;

        /** In a transaction of the container. */
        @OnSend("/app/desk")
        public String desk(byte[] body) {
            return body.length + " octets from " + context.getCallerPrincipal().getName();
        }

        /** Roles are checked by the container. */
        @OnSend("/app/desk/managers")
        @RolesAllowed("managers")
        public String managers() {
            return "desk";
        }
    }
}
