package io.stompline.session;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.history.History;
import io.stompline.history.rules.HistorySettings;
import io.stompline.idempotency.SentKeys;
import io.stompline.inbox.Inboxes;
import io.stompline.inbox.Schedule;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.presence.Presence;
import io.stompline.presence.PresenceRules;
import io.stompline.routing.Destination;
import io.stompline.routing.FakeStore;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Router;
import io.stompline.routing.hub.Routes;
import io.stompline.routing.hub.UserRouter;
import io.stompline.security.Access;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.Admission;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.LoginThrottle;
import io.stompline.security.Permissions;
import io.stompline.security.Refusal;
import io.stompline.security.TicketVerifier;
import io.stompline.security.audit.Audit;
import io.stompline.security.quota.DestinationQuota;
import io.stompline.security.quota.QuotaSettings;
import io.stompline.security.quota.Quotas;
import io.stompline.security.quota.RunningCalls;
import io.stompline.security.token.TokenVerifier;
import io.stompline.session.first.FirstMessageSource;
import io.stompline.session.first.KeptMessages;
import io.stompline.session.first.ShownMembers;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.ErrorHelp;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.subscription.ClientLinks;
import io.stompline.threads.AwakeClock;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A node without server, socket and broker: sessions over an in-memory bus, with a clock that a test moves. One thread.
 */
final class TestNode {
    static final Admission.Limits NO_LIMITS = new Admission.Limits(0, 0, 0, 0, 0);

    static final int MAX_TOPICS = 1_000;
    private static final int MAX_STATE_BYTES = 100_000;
    private static final Duration NO_PAUSE = Duration.ofDays(365);

    final ManualClock clock = new ManualClock();
    final AwakeClock awakeClock;
    final Later deliveries = new Later();
    final InMemoryBus bus;
    final FakeApplication application = new FakeApplication();
    final EventLog listener = new EventLog();
    final Metrics metrics = new Metrics();
    final OutboxBudget budget = new OutboxBudget(1_000_000);
    final History history;

    /** Of topics {@code /topic/rooms/**}; a test calls its tick. */
    final Presence presence;

    /** What new subscribers may get before the live stream; a test may add some. */
    final List<FirstMessageSource> first = new ArrayList<>();

    final Router router;
    private final Routes routes;
    final Admission admission;
    final FakeStore store = new FakeStore();
    final ClientLinks links = new ClientLinks();

    /** When the credentials of those who log in from now on end. */
    Optional<Instant> expires = Optional.empty();

    /** Ways to log in that are open; a test may close some. */
    final Set<Credentials.Way> ways = EnumSet.allOf(Credentials.Way.class);

    /** Checks tokens; a test may replace it. */
    TokenVerifier tokens = TokenVerifier.NONE;

    /** Redeems tickets; a test may replace it. */
    TicketVerifier tickets = TicketVerifier.NONE;

    /** Decides on what callers may do; a test may replace it. */
    AccessControl control = (caller, action, destination) -> Optional.empty();

    private SessionServices services;
    private int lastSession;

    TestNode() {
        this(Rules.usual());
    }

    TestNode(SessionLimits limits) {
        this(limits, NO_LIMITS, Optional.empty());
    }

    /**
     * A node whose sessions go by ticks: what is longer than {@code pause} between two of them is a pause of the
     * process.
     */
    TestNode(Duration pause) {
        this(Rules.usual(), NO_LIMITS, Optional.empty(), pause, HistorySettings.NONE);
    }

    /** A node whose feeds have threads of their own, for what waits there. */
    TestNode(Supplier<Executor> feedThreads) {
        this(Rules.usual(), NO_LIMITS, Optional.of(feedThreads));
    }

    TestNode(SessionLimits limits, Admission.Limits admissionLimits, Optional<Supplier<Executor>> feedThreads) {
        this(limits, admissionLimits, feedThreads, NO_PAUSE, HistorySettings.NONE);
    }

    /** A node that keeps messages of topics. */
    static TestNode keeping(HistorySettings kept) {
        return keeping(kept, Rules.usual());
    }

    static TestNode keeping(HistorySettings kept, SessionLimits limits) {
        return new TestNode(limits, NO_LIMITS, Optional.empty(), NO_PAUSE, kept);
    }

    private TestNode(
            SessionLimits limits,
            Admission.Limits admissionLimits,
            Optional<Supplier<Executor>> feedThreads,
            Duration pause,
            HistorySettings kept) {
        awakeClock = new AwakeClock(clock, pause);
        bus = new InMemoryBus(feedThreads.orElse(() -> deliveries));
        history = new History(kept, clock, metrics);
        router = new Router(bus, history);
        first.add(new KeptMessages(history, limits, metrics));
        presence = new Presence(PresenceRules.of("/topic/rooms/**"), MAX_STATE_BYTES, clock, clock, metrics);
        first.add(new ShownMembers(presence));
        admission = new Admission(admissionLimits, clock);
        Access access = new Access(
                admission,
                ways,
                this::authenticate,
                List.of(new ReplaceableTokens()),
                ticket -> tickets.redeem(ticket),
                new LoginThrottle(new LoginThrottle.Limits(2, 100, Duration.ofSeconds(60)), clock),
                new Permissions(new ReplaceableControl(), new DestinationQuota(3, MAX_TOPICS, clock), bus::isReserved));
        routes = new Routes(bus, router, new UserRouter(router, history));
        services = services(limits, access, Optional.empty());
    }

    /** Those who connect from now on get what is kept for them. */
    Inboxes keepForUsers(DataSource database, Schedule threads, Inboxes.Limits bounds) {
        Inboxes inboxes = new Inboxes(database, bounds, bus, threads, metrics, clock);
        services = services(services.limits(), services.access(), Optional.of(inboxes));
        return inboxes;
    }

    private SessionServices services(SessionLimits limits, Access access, Optional<Inboxes> inboxes) {
        return new SessionServices(
                routes,
                first,
                presence,
                inboxes,
                new SentKeys(clock, metrics),
                links,
                access,
                new Audit(listener::refused, clock),
                Quotas.of(new QuotaSettings(1_000, 1_000_000, 10_000, 80, 2, MAX_TOPICS), store, clock),
                application,
                listener,
                limits,
                ErrorHelp.NONE,
                budget,
                metrics,
                awakeClock,
                clock);
    }

    /** Passcodes equal the names. */
    private Optional<Caller> authenticate(Credentials.Passcode shown) {
        return shown.passcode().equals(shown.login())
                ? Optional.of(new Caller(shown.login(), Set.of(), Map.of(), expires))
                : Optional.empty();
    }

    private final class ReplaceableControl implements AccessControl {
        @Override
        public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
            return control.decide(caller, action, destination);
        }

        @Override
        public boolean changesItsMind() {
            return control.changesItsMind();
        }
    }

    private final class ReplaceableTokens implements TokenVerifier {
        @Override
        public Authentication verify(Credentials.Token token) {
            return tokens.verify(token);
        }

        @Override
        public boolean takesLoneTokens() {
            return tokens.takesLoneTokens();
        }
    }

    /** A connection that was just opened. */
    TestClient open() {
        return open(Optional.empty(), Optional.empty());
    }

    TestClient open(Optional<Caller> caller, Optional<Version> subprotocol) {
        return opened(caller.map(known -> new Credentials.ContainerCaller(known, false)), subprotocol);
    }

    /** A page of another origin, for whose user the container answers. */
    TestClient foreignPage(String user) {
        return opened(Optional.of(new Credentials.ContainerCaller(Caller.named(user), true)), Optional.empty());
    }

    private TestClient opened(Optional<Credentials.ContainerCaller> login, Optional<Version> subprotocol) {
        lastSession++;
        return new TestClient(this, services, new Handshake("session-" + lastSession, "10.0.0.1", login, subprotocol));
    }

    /** A session whose wire and lane are the test's own. */
    StompSession session(Wire wire, SerialLane lane) {
        Handshake handshake = new Handshake("session-of-its-own", "10.0.0.1", Optional.empty(), Optional.empty());
        return session(handshake, wire, lane);
    }

    StompSession session(Handshake handshake, Wire wire, SerialLane lane) {
        return new StompSession(services, handshake, wire, lane, Runnable::run);
    }

    /** A client that has logged in with the newest version. */
    TestClient connected(String name) {
        return connected(name, Version.V1_2);
    }

    TestClient connected(String name, Version version, String... headers) {
        TestClient client = open();
        client.connect(name, version, headers);
        client.received();
        return client;
    }

    /** Runs something while as many handlers run for a user as may, each on a connection of its own. */
    void whileAllCallsRun(String user, Runnable meanwhile) {
        AtomicInteger running = new AtomicInteger();
        // What a handler throws goes to its client.
        List<AssertionError> failures = new ArrayList<>();
        application.answer("/app/slow", request -> {
            if (running.incrementAndGet() < RunningCalls.MAX_OF_USER) {
                connected(user).subscribe("s", "/app/slow");
            } else {
                try {
                    meanwhile.run();
                } catch (AssertionError e) {
                    failures.add(e);
                }
            }
            return Optional.empty();
        });
        connected(user).subscribe("s", "/app/slow");
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** An application publishes beside the sessions. */
    void publish(String destination, String body, String... headers) {
        bus.publish(Message.of(Destination.parse(destination).orElseThrow(), Headers.of(headers), Body.utf8(body), ""));
        deliveries.runAll();
    }

    long count(Meter counter) {
        return metrics.counter(counter).value();
    }
}
