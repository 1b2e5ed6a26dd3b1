package io.stompline.app;

import io.stompline.config.Settings;
import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.Inbox;
import io.stompline.gateway.StompGateway;
import io.stompline.jms.JmsBus;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.metrics.Metrics;
import io.stompline.monitoring.Monitoring;
import io.stompline.routing.InMemoryTopics;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Router;
import io.stompline.routing.SplitBus;
import io.stompline.routing.TransactionalBus;
import io.stompline.routing.UserRouter;
import io.stompline.security.Access;
import io.stompline.security.AccessControl;
import io.stompline.security.Admission;
import io.stompline.security.Authenticator;
import io.stompline.security.LoginThrottle;
import io.stompline.security.OriginRule;
import io.stompline.security.Permissions;
import io.stompline.security.QueueQuota;
import io.stompline.security.RoleDoor;
import io.stompline.session.Application;
import io.stompline.session.Handshake;
import io.stompline.session.SessionDirectory;
import io.stompline.session.SessionListener;
import io.stompline.session.SessionServices;
import io.stompline.session.StompSession;
import io.stompline.session.Ticker;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.outbox.Wire;
import io.stompline.session.protocol.CloseCause;
import io.stompline.threads.AwakeClock;
import io.stompline.threads.FirstFailureLog;
import io.stompline.threads.LaneThreads;
import io.stompline.threads.SerialLane;
import io.stompline.threads.Threads;
import io.stompline.websocket.StompEndpoint;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The broker of this application: made from the settings when the application starts, stopped with it. Thread-safe. */
@ApplicationScoped
public class Stompline implements StompGateway {
    private static final System.Logger LOG = System.getLogger(Stompline.class.getName());
    private static final int MOST_LANE_THREADS = 64;
    private static final int WAITING_THREADS = 72;
    private static final Duration TICK = Duration.ofMillis(100);

    private static final int STOP_SECONDS = 10;

    @Inject
    private Authenticator authenticator;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Application application;

    @Inject
    private SessionListener listener;

    /** Nothing where the server has no MicroProfile Metrics. */
    @Inject
    private Instance<Monitoring> monitoring;

    private final AtomicInteger opened = new AtomicInteger();
    private final Semaphore waitingThreads = new Semaphore(WAITING_THREADS);
    private final List<ExecutorService> writers = new ArrayList<>();
    private final AwakeClock awakeClock = new AwakeClock(System::nanoTime, Ticker.PAUSE);
    private final Ticker ticker = new Ticker(awakeClock);
    private final Metrics metrics = new Metrics();
    private LaneThreads laneThreads;
    private ScheduledExecutorService clock;
    private LocalTopics localTopics = LocalTopics.NONE;
    private JmsBus jmsBus;
    private MessageBus bus;
    private String transactedFactory;
    private String path;
    private HandshakeDoor door;
    private Optional<String> metricsRole = Optional.empty();
    private Access access;
    private SessionServices services;

    /** Starts with the application, before its own beans do. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Object event) {
        Settings settings = Settings.ofApplication();
        var limits = RulesFromSettings.read(settings);
        var jms = settings.jms();
        transactedFactory =
                settings.text("stompline.jms.transacted-connection-factory").orElse("jms/stompline");
        var admissionLimits = RulesFromSettings.admission(settings);
        int maxQueuesPerUser = settings.number("stompline.queue.max-per-user", 1_000, 0, 1_000_000);
        int maxLoginFailures = settings.number("stompline.login.max-failures", 5, 0, 1_000);
        Duration lockTime = settings.time("stompline.login.lock-time", Duration.ofSeconds(60));
        int writerThreads = settings.number("stompline.writer-threads", 2, 1, 64);
        localTopics = RulesFromSettings.localTopics(settings);
        metricsRole = settings.text("stompline.metrics.role");
        path = settings.path("stompline.path", StompEndpoint.PATH);
        settings.check();
        jmsBus = new JmsBus(JmsProvider.from(jms), jms, metrics, Threads.plain("jms"));
        bus = new SplitBus(jmsBus, new InMemoryTopics(InstantSource.system()), localTopics);
        access = new Access(
                new Admission(admissionLimits, System::nanoTime),
                authenticator,
                new LoginThrottle(maxLoginFailures, lockTime, System::nanoTime),
                new Permissions(accessControl, new QueueQuota(maxQueuesPerUser), bus::isReserved));
        door = new HandshakeDoor(new OriginRule(settings.list("stompline.allowed-origins")), access.admission());
        Router router = new Router(bus);
        services = new SessionServices(
                bus,
                router,
                new UserRouter(router),
                access,
                application,
                listener,
                limits,
                new OutboxBudget(Runtime.getRuntime().maxMemory() / 4),
                metrics,
                awakeClock,
                InstantSource.system());
        laneThreads = new LaneThreads(
                fewLaneThreads(), MOST_LANE_THREADS, Threads.container("lane"), System::nanoTime, Threads.cpuNanos());
        for (int i = 0; i < writerThreads; i++) {
            writers.add(Executors.newSingleThreadExecutor(Threads.plain("writer")));
        }
        clock = Executors.newSingleThreadScheduledExecutor(Threads.plain("clock"));
        every(clock, TICK, ticker::tick);
        every(clock, LaneThreads.ADAPTS_EVERY, laneThreads::adapt);
        NodeMetrics.register(services, ticker, laneThreads);
        if (metricsRole.isPresent() && monitoring.isResolvable()) {
            NodeMetrics.show(metrics, monitoring.get(), clock);
        }
    }

    /** Stops with the application: tells every client, gives everything back, then lets go of the message broker. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (services == null) {
            return;
        }
        awaitEnd(ticker.closeAll(CloseCause.SHUTDOWN));
        clock.shutdown();
        laneThreads.shutdown();
        writers.forEach(ExecutorService::shutdown);
        jmsBus.close();
    }

    /** Runs a task again and again, also after it failed. */
    static void every(ScheduledExecutorService clock, Duration time, Runnable task) {
        FirstFailureLog failures = new FirstFailureLog(LOG, "what runs every " + time.toMillis() + " ms failed");
        Runnable goesOn = () -> {
            try {
                task.run();
                failures.worked();
            } catch (RuntimeException | Error e) {
                // The clock would never call it again; what fails may do so every time.
                failures.failed(e);
            }
        };
        var unused = clock.scheduleWithFixedDelay(goesOn, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static int fewLaneThreads() {
        return Math.min(MOST_LANE_THREADS, Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /** Not with completeOnTimeout: its thread, one for the whole JVM, would keep our class loader for ever. */
    private static void awaitEnd(CompletableFuture<Void> ofAll) {
        try {
            ofAll.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "connections are left at the end: {0}", e.toString());
        }
    }

    /** The way to the messaging system, for the beans of this library. */
    @Produces
    @ApplicationScoped
    MessageBus messageBus() {
        return bus;
    }

    /** Who is connected, for the beans of this library. */
    @Produces
    @ApplicationScoped
    SessionDirectory sessions() {
        return ticker;
    }

    /** What does not go to the messaging system, for the beans of this library. */
    @Produces
    LocalTopics localTopics() {
        return localTopics;
    }

    /** What is counted on this node, for the beans of this library. */
    @Produces
    Metrics metrics() {
        return metrics;
    }

    /** Who may see the metrics. */
    @Produces
    RoleDoor metricsDoor() {
        return new RoleDoor(access, metricsRole);
    }

    /** The way to the messaging system for publishing in transactions. */
    @Produces
    @ApplicationScoped
    TransactionalBus transactionalBus() {
        return jmsBus.inTransactions(transactedFactory);
    }

    @Override
    public Connection open(Handshake handshake, Wire wire) {
        SerialLane lane = new SerialLane(laneThreads);
        ExecutorService writer = writers.get(Math.floorMod(opened.getAndIncrement(), writers.size()));
        StompSession session = new StompSession(services, handshake, wire, lane, writer);
        ticker.add(session);
        return new Connection(
                session,
                new Inbox(session, lane, waitingThreads, services.limits().brokerTimeout()));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public HandshakeDoor door() {
        return door;
    }

    @Override
    public void later(Duration delay, Runnable task) {
        try {
            var unused = clock.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            task.run();
        }
    }
}
