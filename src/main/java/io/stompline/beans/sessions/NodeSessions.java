package io.stompline.beans.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.stompline.api.PublishException;
import io.stompline.api.StompClient;
import io.stompline.api.StompEvent;
import io.stompline.api.StompSessions;
import io.stompline.api.StompStatistics;
import io.stompline.beans.publishing.Json;
import io.stompline.cluster.NodeChannel;
import io.stompline.gateway.StompGateway;
import io.stompline.monitoring.NodeState;
import io.stompline.routing.BusException;
import io.stompline.security.audit.Audit;
import io.stompline.session.port.HttpSessionChange;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.port.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Knows the sessions of this node and asks the other nodes for theirs. Thread-safe. */
@ApplicationScoped
public class NodeSessions implements StompSessions {
    private static final System.Logger LOG = System.getLogger(NodeSessions.class.getName());
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /** Kind of notes: request for the sessions of the receiving node. */
    private static final String LIST_SESSIONS = "LIST_SESSIONS";

    /** Reply with the sessions of a node, as JSON. */
    private static final String SESSIONS = "SESSIONS";

    /** Ends a session, or those of a user, as JSON. */
    private static final String DISCONNECT = "DISCONNECT";

    /** An application has ended an HTTP session: the text is its key. */
    private static final String HTTP_SESSION_ENDED = "HTTP_SESSION_ENDED";

    /** An HTTP session has ended, perhaps by time on one node only: the text is its key. */
    private static final String HTTP_SESSION_PERHAPS_ENDED = "HTTP_SESSION_PERHAPS_ENDED";

    /** An HTTP session has another id: the lines of the text are its old and its new key. */
    private static final String HTTP_SESSION_RENAMED = "HTTP_SESSION_RENAMED";

    private static final TypeReference<List<StompClient>> LIST = new TypeReference<>() {};

    /** A question to the other nodes with the answers so far. */
    private static final class Query {
        private final Set<String> missing;
        private final List<StompClient> found = new ArrayList<>();
        private final CountDownLatch complete = new CountDownLatch(1);

        Query(Set<String> nodes) {
            missing = new HashSet<>(nodes);
        }

        synchronized void answer(String node, List<StompClient> clients) {
            if (missing.remove(node)) {
                found.addAll(clients);
            }
            if (missing.isEmpty()) {
                complete.countDown();
            }
        }

        /** Waits until all have answered, but not for long; an interrupted thread waits no more. */
        void await() {
            try {
                var unused = complete.await(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized List<StompClient> found() {
            return List.copyOf(found);
        }
    }

    @Inject
    private NodeNotes notes;

    @Inject
    private SessionDirectory sessions;

    @Inject
    private ClientViews clients;

    @Inject
    private NodeState state;

    @Inject
    private Event<HttpSessionChange> changes;

    @Inject
    private SessionEvents events;

    @Inject
    private StompGateway gateway;

    @Inject
    private Audit audit;

    @Inject
    private Instance<SecurityContext> security;

    private final Map<String, Query> queries = new ConcurrentHashMap<>();

    @Override
    public List<StompClient> onThisNode() {
        return sessions.connected().stream().map(clients::of).toList();
    }

    @Override
    public StompStatistics statistics() {
        NodeState.Sessions now = state.sessions();
        NodeState.Traffic traffic = state.traffic();
        return new StompStatistics(
                now.loggedIn(), now.subscriptions(), traffic.framesReceived(), traffic.messagesSent());
    }

    @Override
    public List<StompClient> onAllNodes() {
        List<StompClient> all = new ArrayList<>(onThisNode());
        Set<String> others = notes.others();
        if (!others.isEmpty()) {
            all.addAll(ask(others));
        }
        return List.copyOf(all);
    }

    @Override
    public void disconnect(String sessionId, String reason) {
        Expulsion order = new Expulsion(sessionId, Optional.empty(), caller(), reason);
        List<StompClient> ended = carryOut(order);
        try {
            if (ended.isEmpty()) {
                tell(order);
            }
        } finally {
            note(order, ended);
        }
    }

    @Override
    public void disconnectUser(String user, String reason) {
        Expulsion order = new Expulsion("", Optional.of(user), caller(), reason);
        List<StompClient> ended = carryOut(order);
        try {
            if (!notes.others().isEmpty()) {
                tell(order);
            }
        } finally {
            // Observers may take long, and the other nodes need not wait for them.
            note(order, ended);
        }
    }

    /** The other nodes end what was opened with that HTTP session; the container waits for this call. */
    void tellOthers(@Observes HttpSessionChange change) {
        if (change.elsewhere()) {
            return;
        }
        if (change instanceof HttpSessionChange.Ended ended) {
            notes.sayLater(ended.perhapsUsable() ? HTTP_SESSION_PERHAPS_ENDED : HTTP_SESSION_ENDED, ended.key());
        } else if (change instanceof HttpSessionChange.Renamed renamed) {
            notes.sayLater(HTTP_SESSION_RENAMED, renamed.oldKey() + "\n" + renamed.newKey());
        }
    }

    /** The caller of this bean, as far as the container knows. */
    private Optional<String> caller() {
        try {
            return security.isResolvable()
                    ? Optional.ofNullable(security.get().getCallerPrincipal()).map(Principal::getName)
                    : Optional.empty();
        } catch (RuntimeException noContext) {
            return Optional.empty();
        }
    }

    /** Ends sessions of this node. */
    private List<StompClient> carryOut(Expulsion order) {
        List<SessionView> found =
                sessions.connected().stream().filter(order::isAbout).toList();
        List<StompClient> ended = found.stream().map(clients::of).toList();
        found.forEach(session -> session.disconnect(order.reason()));
        return ended;
    }

    private void note(Expulsion order, List<StompClient> ended) {
        audit.ended(order.line(ended));
        fire(order, ended);
    }

    private void fire(Expulsion order, List<StompClient> ended) {
        events.expelled(new StompEvent.Expelled(order.session(), order.user(), order.by(), order.reason(), ended));
    }

    private void tell(Expulsion order) {
        try {
            notes.say(DISCONNECT, "", write(order));
        } catch (BusException e) {
            throw new PublishException("the other nodes were not told: " + e.getMessage(), e);
        }
    }

    private List<StompClient> ask(Set<String> nodes) {
        String id = UUID.randomUUID().toString();
        Query query = new Query(nodes);
        queries.put(id, query);
        try {
            notes.say(LIST_SESSIONS, id, "");
            query.await();
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes cannot be asked", e);
        } finally {
            queries.remove(id);
        }
        return query.found();
    }

    /** Answers what another node asks, and takes its answers. */
    void hear(NodeChannel channel) {
        channel.hear(NodeChannel.GONE, note -> queries.values().forEach(query -> query.answer(note.node(), List.of())));
        channel.hear(LIST_SESSIONS, note -> notes.say(SESSIONS, note.query(), write(onThisNode())));
        channel.hear(SESSIONS, note -> answered(note.query(), note.node(), note.text()));
        channel.hear(
                DISCONNECT,
                note -> read(note.text(), new TypeReference<Expulsion>() {}).ifPresent(this::carryOutForOther));
        channel.hear(HTTP_SESSION_ENDED, note -> changes.fire(new HttpSessionChange.Ended(note.text(), false, true)));
        channel.hear(
                HTTP_SESSION_PERHAPS_ENDED, note -> changes.fire(new HttpSessionChange.Ended(note.text(), true, true)));
        channel.hear(HTTP_SESSION_RENAMED, note -> {
            String[] keys = note.text().split("\n", 2);
            changes.fire(new HttpSessionChange.Renamed(keys[0], keys[1], true));
        });
    }

    private void answered(String id, String node, String list) {
        Query query = queries.get(id);
        if (query != null) {
            query.answer(node, read(list, LIST).orElse(List.of()));
        }
    }

    private void carryOutForOther(Expulsion order) {
        List<StompClient> ended = carryOut(order);
        if (!ended.isEmpty()) {
            audit.ended(order.line(ended));
            // Observers may take long, and the notes of the nodes need not wait for them.
            gateway.execute(() -> fire(order, ended));
        }
    }

    private static String write(Object what) {
        try {
            return Json.OURS.writeValueAsString(what);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Optional<T> read(String json, TypeReference<T> type) {
        try {
            return Optional.of(Json.OURS.readValue(json, type));
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "another node sent a note that this one cannot read", e);
            return Optional.empty();
        }
    }
}
