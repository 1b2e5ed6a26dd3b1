package io.stompline.app;

import io.stompline.api.LastValues;
import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompEvent;
import io.stompline.api.StompPresence;
import io.stompline.beans.handler.HandlerExtension;
import io.stompline.cluster.NodeChannel;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.deflate.Compression;
import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.Inbox;
import io.stompline.gateway.StompGateway;
import io.stompline.http.HttpSettings;
import io.stompline.inbox.Inboxes;
import io.stompline.metrics.Metrics;
import io.stompline.monitoring.Monitoring;
import io.stompline.monitoring.NodeState;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.MessageBus;
import io.stompline.routing.TransactionalBus;
import io.stompline.security.Access;
import io.stompline.security.AccessControl;
import io.stompline.security.Authenticator;
import io.stompline.security.Credentials;
import io.stompline.security.IdentityStoreAuthenticator;
import io.stompline.security.RoleDoor;
import io.stompline.security.TicketVerifier;
import io.stompline.security.audit.Audit;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.security.users.UsersFile;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Application;
import io.stompline.session.port.ApplicationLimits;
import io.stompline.session.port.Handshake;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.port.SessionListener;
import io.stompline.threads.Threads;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * The node of this application as CDI sees it: started and stopped with the application, its parts produced for beans.
 * Thread-safe.
 */
@ApplicationScoped
public class Stompline implements StompGateway {
    private static final System.Logger LOG = System.getLogger(Stompline.class.getName());
    private static final String GUIDE = "/guide.html";

    @Inject
    private Authenticator authenticator;

    @Inject
    private TicketVerifier tickets;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Instance<StompAccessCheck> checks;

    @Inject
    private Application application;

    @Inject
    private HandlerExtension handlers;

    @Inject
    private SessionListener listener;

    @Inject
    private Event<StompEvent> events;

    /** Empty if the server has no MicroProfile Metrics. */
    @Inject
    private Instance<Monitoring> monitoring;

    private Optional<Node> node = Optional.empty();

    /** Starts with the application, before its own beans do. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Object context) {
        Settings given = Settings.ofApplication();
        NodeSettings settings = NodeSettings.read(given);
        tellRules(given);
        NodePorts ports = new NodePorts(
                new Access.Ports(
                        authenticator(settings),
                        tickets,
                        AccessRules.before(accessControl, settings.rules(), this::check, handlers.operations())),
                application,
                listener,
                events::fire,
                monitoring.isResolvable() ? Optional.of(monitoring.get()) : Optional.empty(),
                guide(context),
                Stompline::threads);
        node = Optional.of(Node.start(settings, ports));
        // Beans that answer are made with parts of the node.
        node().keepers().tellAnswered(application);
    }

    /** Which rules of topics hold: one that was mistyped, or did not reach this process, is not there. */
    static void tellRules(Settings given) {
        LOG.log(
                System.Logger.Level.INFO,
                "History (" + Setting.HISTORY.key() + "): "
                        + given.text(Setting.HISTORY).orElse("no rule, nothing is kept"));
        LOG.log(
                System.Logger.Level.INFO,
                "Last values (" + Setting.LAST_VALUE.key() + "): "
                        + given.text(Setting.LAST_VALUE).orElse("no rule, none is kept"));
        LOG.log(
                System.Logger.Level.INFO,
                "Presence (" + Setting.PRESENCE.key() + "): "
                        + given.text(Setting.PRESENCE).orElse("no rule, nobody is told who is there"));
        LOG.log(
                System.Logger.Level.INFO,
                "Kept messages (" + Setting.INBOX_DATA_SOURCE.key() + "): "
                        + given.text(Setting.INBOX_DATA_SOURCE).orElse("no data source, none is kept"));
        LOG.log(
                System.Logger.Level.INFO,
                "Slow clients (" + Setting.SLOW.key() + "): "
                        + given.text(Setting.SLOW).orElse("no rule, their connection ends"));
    }

    /** Stops with the application: tells every client, gives everything back, then leaves the message broker. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        node.ifPresent(Node::close);
    }

    /** The file of users, if one is set, else what the application has. */
    private Authenticator authenticator(NodeSettings settings) {
        Optional<String> file = settings.usersFile();
        boolean passcodes = settings.security().logins().ways().contains(Credentials.Way.PASSCODE);
        if (passcodes && authenticator instanceof IdentityStoreAuthenticator stores) {
            if (file.isPresent()) {
                stores.tellIfNotAsked();
            } else {
                stores.tellWhoChecks();
            }
        }
        return file.isPresent() ? UsersFile.open(file.get()) : authenticator;
    }

    /** The guide's page, if the application has it, as {@code stompline.war} does. */
    private static Optional<String> guide(Object context) {
        return context instanceof ServletContext web
                        && web.getResourcePaths("/").contains(GUIDE)
                ? Optional.of(web.getContextPath() + GUIDE)
                : Optional.empty();
    }

    private Optional<StompAccessCheck> check(String name) {
        Instance<StompAccessCheck> found = checks.select(NamedLiteral.of(name));
        return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
    }

    /** Lanes run beans, and data sources of the server want its threads. */
    private static ThreadFactory threads(String purpose) {
        return purpose.equals("lane") || purpose.equals("inbox") ? Threads.container(purpose) : Threads.plain(purpose);
    }

    private Node node() {
        return node.orElseThrow(() -> new IllegalStateException(
                "Stompline starts with the application context (@Initialized(ApplicationScoped.class))"
                        + " and is not there before"));
    }

    /** The way to the message broker, for the beans of this library. */
    @Produces
    @ApplicationScoped
    MessageBus messageBus() {
        return node().bus();
    }

    /** The connected sessions, for the beans of this library. */
    @Produces
    @ApplicationScoped
    SessionDirectory sessions() {
        return node().sessions();
    }

    /** What the nodes tell each other, for the beans of this library. */
    @Produces
    NodeChannel channel() {
        return node().channel();
    }

    /** The last values of topics, for the application. */
    @Produces
    LastValues lastValues() {
        return node().keepers().lastValues();
    }

    /** Who is in which topic, for the application. */
    @Produces
    StompPresence presence() {
        return node().keepers().knownMembers();
    }

    /** What is kept for users, for the beans of this library; empty if nothing is. */
    @Produces
    Optional<Inboxes> inboxes() {
        return node().inboxes();
    }

    /** Topics that do not pass the message broker, for the beans of this library. */
    @Produces
    LocalTopics localTopics() {
        return node().settings().routes().localTopics();
    }

    /** Limits for handler methods, for the beans of this library. */
    @Produces
    ApplicationLimits applicationLimits() {
        return node().settings().applicationLimits();
    }

    /** How sessions over plain HTTP are, for the beans of this library. */
    @Produces
    HttpSettings httpSettings() {
        return node().settings().http();
    }

    /** Counters and gauges of this node, for the beans of this library. */
    @Produces
    Metrics metrics() {
        return node().metrics();
    }

    /** The present state of this node, for the beans of this library. */
    @Produces
    NodeState state() {
        return node().state();
    }

    /** The check of callers that ask for pages that are not for everybody. */
    @Produces
    RoleDoor pages() {
        return node().pages();
    }

    /** Tells who was refused, and what administrators did, for the beans of this library. */
    @Produces
    Audit audit() {
        return node().audit();
    }

    /** By which names this node may be asked for. */
    @Produces
    HostRule hosts() {
        return node().hosts();
    }

    /** The way to the message broker for publishing in transactions. */
    @Produces
    @ApplicationScoped
    TransactionalBus transactionalBus() {
        return node().transactionalBus();
    }

    @Override
    public Inbox open(Handshake handshake, Wire wire) {
        return node().open(handshake, wire);
    }

    @Override
    public String path() {
        return node().path();
    }

    @Override
    public Compression compression() {
        return node().compression();
    }

    @Override
    public HandshakeDoor door() {
        return node().door();
    }

    /** Which proxies are believed, for the beans of this library. */
    @Produces
    @Override
    public TrustedProxies proxies() {
        return node().proxies();
    }

    @Override
    public Set<String> roles() {
        return node().roles();
    }

    @Override
    public void later(Duration delay, Runnable task) {
        node().later(delay, task);
    }

    @Override
    public void execute(Runnable task) {
        node().execute(task);
    }

    @Override
    public Runnable closing() {
        return node().closing();
    }
}
