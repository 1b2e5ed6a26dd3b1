package io.stompline.grizzly;

import java.lang.System.Logger.Level;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.comet.CometAddOn;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;

/**
 * Has the listeners of a server that starts or stops answer every request with a {@link ClosedHandler}: until the start
 * class says that the application is there, and from its end on; and adds {@link OtherUpgrades} and {@link OwnTls}.
 *
 * <p>Payara (seen in 6.2025.10 and 7.2026.11) opens its listeners before it deploys: until an application is there it
 * answers 404, at {@code /health/ready} 200, and while one is being deployed, or taken away, 500. It builds the chain
 * of filters of a listener before the listener reads its first request, and has it completed by the add-on called
 * "comet", which Payara Micro has switched on for HTTP and HTTPS. This one takes the place of Payara's by a higher rank
 * ({@code src/build/add-on.hk2}) and does what that does, too.
 */
public final class ListenerAddOn extends CometAddOn {
    /**
     * The system property that the start class sets before the server boots and removes when the application is there;
     * in between it says whether a listener answers as it should. It is there again when the server stops.
     */
    static final String STATE = "stompline.starting";

    /** The value of {@link #STATE} that the start class expects. */
    static final String ANSWERED = "answered";

    /** The value of {@link #STATE} when the server stops. */
    static final String STOPPING = "stopping";

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder filters) {
        super.setup(listener, filters);
        installTls(filters);
        filters.add(filters.indexOfType(HttpServerFilter.class), new OtherUpgrades());
        if (isClosed()) {
            System.setProperty(STATE, install(filters));
        }
    }

    /** Without the start class its classes are not there either, and the listener keeps its own TLS. */
    private static void installTls(FilterChainBuilder filters) {
        try {
            OwnTls.install(filters);
        } catch (LinkageError e) {
            System.getLogger(ListenerAddOn.class.getName()).log(Level.DEBUG, "no start class", e);
        }
    }

    private static boolean isClosed() {
        return System.getProperty(STATE) != null;
    }

    static boolean isStopping() {
        return STOPPING.equals(System.getProperty(STATE));
    }

    /** The new state. A listener that cannot be changed still has to open. */
    static String install(FilterChainBuilder filters) {
        try {
            HttpServerFilter requests = (HttpServerFilter) filters.get(filters.indexOfType(HttpServerFilter.class));
            requests.getMonitoringConfig().addProbes(new Door(requests.getHttpHandler()));
            requests.setHttpHandler(new ClosedHandler());
            return ANSWERED;
        } catch (RuntimeException | LinkageError e) {
            return e.toString();
        }
    }

    /** Gives the requests of a listener to the server while it is open. */
    private static final class Door extends HttpServerProbe.Adapter {
        private final HttpHandler closed = new ClosedHandler();
        private final HttpHandler server;

        Door(HttpHandler server) {
            this.server = server;
        }

        /** Called before the filter looks for its handler. */
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
            filter.setHttpHandler(isClosed() ? closed : server);
        }
    }
}
