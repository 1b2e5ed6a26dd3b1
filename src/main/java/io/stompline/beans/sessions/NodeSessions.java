package io.stompline.beans.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.stompline.api.PublishException;
import io.stompline.api.StompClient;
import io.stompline.api.StompSessions;
import io.stompline.api.StompStatistics;
import io.stompline.beans.publishing.Json;
import io.stompline.cluster.NodeChannel.Note;
import io.stompline.monitoring.NodeState;
import io.stompline.routing.BusException;
import io.stompline.session.port.LoginEnded;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.port.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Knows the sessions of this node and asks the other nodes for theirs. Thread-safe. */
@ApplicationScoped
public class NodeSessions implements StompSessions {
    private static final System.Logger LOG = System.getLogger(NodeSessions.class.getName());
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

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
    private Event<LoginEnded> logouts;

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
        if (!disconnectHere(session -> session.id().equals(sessionId), reason)) {
            tell(Note.Type.DISCONNECT_SESSION, sessionId + "\n" + reason);
        }
    }

    @Override
    public void disconnectUser(String user, String reason) {
        disconnectHere(session -> session.caller().name().equals(user), reason);
        if (!notes.others().isEmpty()) {
            tell(Note.Type.DISCONNECT_USER, user + "\n" + reason);
        }
    }

    /** A user has logged out here; the other nodes end what was opened with that login. */
    void loggedOut(@Observes LoginEnded logout) {
        if (logout.elsewhere() || notes.others().isEmpty()) {
            return;
        }
        try {
            notes.say(Note.Type.LOGIN_ENDED, "", logout.login());
        } catch (BusException e) {
            LOG.log(System.Logger.Level.WARNING, "the other nodes were not told of a logout: {0}", e.getMessage());
        }
    }

    private void tell(Note.Type type, String text) {
        try {
            notes.say(type, "", text);
        } catch (BusException e) {
            throw new PublishException("the other nodes were not told: " + e.getMessage(), e);
        }
    }

    private List<StompClient> ask(Set<String> nodes) {
        String id = UUID.randomUUID().toString();
        Query query = new Query(nodes);
        queries.put(id, query);
        try {
            notes.say(Note.Type.LIST_SESSIONS, id, "");
            query.await();
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes cannot be asked", e);
        } finally {
            queries.remove(id);
        }
        return query.found();
    }

    /** Answers what another node asks, and takes its answers. */
    void hear(Note note) {
        switch (note.type()) {
            case GONE -> queries.values().forEach(query -> query.answer(note.node(), List.of()));
            case LIST_SESSIONS -> notes.say(Note.Type.SESSIONS, note.query(), write(onThisNode()));
            case SESSIONS -> {
                Query query = queries.get(note.query());
                if (query != null) {
                    query.answer(note.node(), read(note.text()));
                }
            }
            case DISCONNECT_SESSION -> {
                String[] parts = note.text().split("\n", 2);
                disconnectHere(session -> session.id().equals(parts[0]), parts[1]);
            }
            case LOGIN_ENDED -> logouts.fire(new LoginEnded(note.text(), true));
            case DISCONNECT_USER -> {
                String[] parts = note.text().split("\n", 2);
                disconnectHere(session -> session.caller().name().equals(parts[0]), parts[1]);
            }
            case ALIVE, REDEEM_TICKET, TICKET -> throw new IllegalArgumentException(note.type() + " is not for here");
        }
    }

    private boolean disconnectHere(Predicate<SessionView> meant, String reason) {
        List<SessionView> found = sessions.connected().stream().filter(meant).toList();
        found.forEach(session -> session.disconnect(reason));
        return !found.isEmpty();
    }

    private static String write(List<StompClient> those) {
        try {
            return Json.OURS.writeValueAsString(those);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<StompClient> read(String json) {
        try {
            return Json.OURS.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "another node answered what this one cannot read", e);
            return List.of();
        }
    }
}
