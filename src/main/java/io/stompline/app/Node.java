package io.stompline.app;

import io.stompline.cluster.NodeChannel;
import io.stompline.deflate.Compression;
import io.stompline.gateway.ClosingTransports;
import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.Inbox;
import io.stompline.gateway.OpenFiles;
import io.stompline.gateway.OpenSessions;
import io.stompline.gateway.SessionClock;
import io.stompline.gateway.StompGateway;
import io.stompline.idempotency.SentKeys;
import io.stompline.inbox.Inboxes;
import io.stompline.inbox.TableThreads;
import io.stompline.jms.JmsBus;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.monitoring.NodeState;
import io.stompline.routing.MessageBus;
import io.stompline.routing.TransactionalBus;
import io.stompline.routing.hub.Routes;
import io.stompline.security.Access;
import io.stompline.security.OriginRule;
import io.stompline.security.RoleDoor;
import io.stompline.security.audit.Audit;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.security.quota.Quotas;
import io.stompline.session.SessionServices;
import io.stompline.session.StompSession;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.protocol.ErrorHelp;
import io.stompline.session.subscription.ClientLinks;
import io.stompline.threads.AwakeClock;
import io.stompline.threads.NodeTimer;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One running node: all that is between the transports and the message broker, made from its settings and ports.
 * Thread-safe.
 */
final class Node implements StompGateway, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    /** Threads of the server that may wait for room in an inbox, over all connections. */
    private static final int MAX_WAITING_THREADS = 72;

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration NOTES_BROKER_EVERY = Duration.ofSeconds(1);
    private static final Duration COUNTS_FILES_EVERY = Duration.ofSeconds(1);

    /** How long connections may take to end, at the end, that have not ended in time. */
    private static final Duration LAST_ENDS = Duration.ofSeconds(10);

    /** How long clients may take, at the end, to answer that their connection is closed. */
    private static final Duration CLIENTS_CLOSE = Duration.ofSeconds(2);

    private final NodeSettings settings;
    private final NodePorts ports;
    private final OpenParts open;
    private final Metrics metrics = new Metrics();
    private final Semaphore waitingThreads = new Semaphore(MAX_WAITING_THREADS);
    private final NodeChannel channel = new NodeChannel();
    private final OpenSessions sessions = new OpenSessions();
    private final ClosingTransports closing = new ClosingTransports();
    private final Compression compression;
    private final JmsBus jmsBus;
    private final Keepers keepers;
    private final Routes routes;
    private final Optional<Inboxes> inboxes;
    private final Audit audit;
    private final Access access;
    private final HostRule hosts;
    private final HandshakeDoor door;
    private final SessionServices services;
    private final NodeThreads threads;

    /** For what is of no connection, or of several. */
    private final SerialLane ofNode;

    private final NodeState state;

    /**
     * Starts a node. Begins to connect to the message broker and does not wait for it.
     *
     * @throws IllegalStateException if the message broker that the settings name cannot be one; nothing is left open
     *     then, nor after any other exception
     */
    static Node start(NodeSettings settings, NodePorts ports) {
        OpenParts open = new OpenParts();
        OwnClasses.load();
        try {
            return new Node(settings, ports, open);
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private Node(NodeSettings settings, NodePorts ports, OpenParts open) {
        this.settings = settings;
        this.ports = ports;
        this.open = open;
        NodeBase base = new NodeBase(ports.threads(), metrics, channel, open);
        compression = new Compression(settings.compression(), metrics);
        open.add(compression::close);
        jmsBus = openBus();
        keepers = new Keepers(settings.keepers(), settings.limits(), base);
        routes = Routes.of(settings.routes(), jmsBus, keepers.recorder(), InstantSource.system());
        inboxes = openInboxes(base);
        audit = new Audit(ports.listener()::refused, System::nanoTime);
        access = access(base);
        hosts = new HostRule(settings.hosts(), audit);
        OpenFiles files = OpenFiles.ofProcess();
        OriginRule origins = new OriginRule(settings.security().allowedOrigins());
        door = new HandshakeDoor(hosts, origins, access.admission(), files, metrics, audit);
        AwakeClock clock = new AwakeClock(System::nanoTime, SessionClock.PAUSE);
        OutboxBudget budget = new OutboxBudget(Runtime.getRuntime().maxMemory() / 4);
        services = services(budget, clock);
        services.sent().connect(channel);
        services.links().connect(channel);
        threads = new NodeThreads(settings.writerThreads(), base);
        ofNode = threads.newLane();
        state = state(budget);
        repeat(new SessionClock(sessions, clock), files);
        export(files);
        open.add(() -> closing.await(CLIENTS_CLOSE));
        open.add(this::endSessions);
    }

    private JmsBus openBus() {
        JmsProvider provider = JmsProvider.from(settings.jms());
        JmsBus bus =
                new JmsBus(provider, settings.jms(), metrics, ports.threads().apply("jms"));
        open.add(bus::close);
        return bus;
    }

    private Optional<Inboxes> openInboxes(NodeBase base) {
        Inboxes.Limits limits = new Inboxes.Limits(
                settings.inbox().maxPerUser(), settings.limits().outbox().maxBytes() / 4);
        Optional<Inboxes> opened = settings.inbox()
                .find()
                .map(source -> new Inboxes(
                        source,
                        limits,
                        routes.bus(),
                        new TableThreads(base.threads().apply("inbox")),
                        metrics,
                        InstantSource.system()));
        opened.ifPresent(there -> open.add(there::close));
        return opened;
    }

    private Access access(NodeBase base) {
        return Access.of(
                settings.security(), ports.access(), LoginChecks.of(settings.logins(), base), routes.bus()::isReserved);
    }

    private SessionServices services(OutboxBudget budget, AwakeClock clock) {
        return new SessionServices(
                routes,
                keepers.sources(),
                keepers.presence(),
                inboxes,
                new SentKeys(System::nanoTime, metrics),
                new ClientLinks(),
                access,
                audit,
                Quotas.of(settings.security().quotas(), routes.bus().store(), System::nanoTime),
                ports.application(),
                ports.listener(),
                settings.limits(),
                new ErrorHelp(settings.help().or(ports::guide)),
                budget,
                metrics,
                clock,
                InstantSource.system());
    }

    private NodeState state(OutboxBudget budget) {
        return new NodeState(
                sessions,
                access.admission(),
                routes.router(),
                routes.bus(),
                services.quotas().store(),
                budget,
                threads.lanes(),
                metrics,
                keepers::areReady);
    }

    /** Starts what the node does now and then. */
    private void repeat(SessionClock sessionClock, OpenFiles files) {
        NodeTimer timer = threads.timer();
        timer.every(TICK, sessionClock::tick);
        timer.every(COUNTS_FILES_EVERY, files::count);
        timer.every(NOTES_BROKER_EVERY, state::noteBroker);
        keepers.start(routes, timer, threads::newLane);
        keepers.startPresence(timer, threads.newLane(), threads.newLane(), ports.events());
    }

    /** Shows what the node counts, where the settings and the server allow it. */
    private void export(OpenFiles files) {
        metrics.gauge(Meter.FILE_DESCRIPTORS_FREE, files::free);
        NodeMetrics.register(metrics, state);
        if (settings.security().pageRoles().containsKey(RoleDoor.Page.METRICS)) {
            ports.monitoring().ifPresent(monitoring -> NodeMetrics.show(metrics, monitoring, threads.timer()));
        }
    }

    /**
     * Ends all sessions as the settings say, waits up to 10 s for those that are left, then ends threads and leaves the
     * message broker. Idempotent.
     */
    @Override
    public void close() {
        open.close();
    }

    private void endSessions() {
        long begin = System.nanoTime();
        door.close();
        int told = sessions.size();
        if (!isDoneWithin(settings.stop().longest(), sessions.stop(settings.stop(), threads.timer()::later))) {
            isDoneWithin(LAST_ENDS, sessions.stopNow());
        }
        int left = sessions.size();
        LOG.log(
                left == 0 ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                "stopped: {0} connections told, {1} closed, {2} left, in {3} ms",
                Integer.toString(told),
                Integer.toString(Math.max(0, told - left)),
                Integer.toString(left),
                Long.toString(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
    }

    /** Not with completeOnTimeout: its thread, one for the whole JVM, would keep our class loader. */
    private static boolean isDoneWithin(Duration limit, CompletableFuture<Void> end) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "the end of connections was not awaited: {0}", e.toString());
        }
        return end.isDone();
    }

    /** Tells the other nodes, and hears them, as soon as it joins them. */
    NodeChannel channel() {
        return channel;
    }

    /** What it keeps of messages. */
    Keepers keepers() {
        return keepers;
    }

    /** What is kept for users; empty if nothing is. */
    Optional<Inboxes> inboxes() {
        return inboxes;
    }

    /** The way to the message broker, local topics included. */
    MessageBus bus() {
        return routes.bus();
    }

    /** The way to the message broker within JTA transactions. */
    TransactionalBus transactionalBus() {
        return jmsBus.inTransactions(settings.transactedFactory());
    }

    /** The connected sessions. */
    SessionDirectory sessions() {
        return sessions;
    }

    /** Counters and gauges. */
    Metrics metrics() {
        return metrics;
    }

    /** The present state of this node. */
    NodeState state() {
        return state;
    }

    /** The check of callers that ask for pages that are not for everybody. */
    RoleDoor pages() {
        return new RoleDoor(access, settings.security().pageRoles(), audit);
    }

    /** Tells who was refused, and what administrators did. */
    Audit audit() {
        return audit;
    }

    /** By which names it may be asked for. */
    HostRule hosts() {
        return hosts;
    }

    /** The settings it was started with. */
    NodeSettings settings() {
        return settings;
    }

    @Override
    public Inbox open(Handshake handshake, Wire wire) {
        SerialLane lane = threads.newLane();
        StompSession session = new StompSession(services, handshake, wire, lane, threads.writer());
        sessions.add(session);
        return new Inbox(session, lane, waitingThreads, services.limits().brokerTimeout());
    }

    @Override
    public String path() {
        return settings.path();
    }

    @Override
    public Compression compression() {
        return compression;
    }

    @Override
    public HandshakeDoor door() {
        return door;
    }

    @Override
    public TrustedProxies proxies() {
        return settings.security().proxies();
    }

    @Override
    public Set<String> roles() {
        Set<String> roles = new HashSet<>(ports.access().control().roles());
        roles.addAll(ports.application().roles());
        return roles;
    }

    @Override
    public void later(Duration delay, Runnable task) {
        threads.timer().later(delay, task);
    }

    @Override
    public void execute(Runnable task) {
        ofNode.execute(task);
    }

    @Override
    public Runnable closing() {
        return closing.add();
    }
}
