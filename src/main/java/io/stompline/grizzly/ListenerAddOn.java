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
 * Has the listeners of a server that starts answer every request with a {@link StartingHandler}, until the start class
 * says that the application is there; and adds {@link OtherUpgrades} and {@link OwnTls}.
 *
 * <p>Payara (seen in 6.2025.10 and 7.2026.11) opens its listeners before it deploys: until an application is there it
 * answers 404, at {@code /health/ready} 200, and while one is being deployed 500. It builds the chain of filters of a
 * listener before the listener reads its first request, and has it completed by the add-on called "comet", which Payara
 * Micro has switched on for HTTP and HTTPS. This one takes the place of Payara's by a higher rank ({@code
 * src/build/add-on.hk2}) and does what that does, too.
 */
public final class ListenerAddOn extends CometAddOn {
    /**
     * The system property that the start class sets before the server boots and removes when the application is there;
     * in between it says whether a listener answers as it should.
     */
    static final String STATE = "stompline.starting";

    /** The value of {@link #STATE} that the start class expects. */
    static final String ANSWERED = "answered";

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder filters) {
        super.setup(listener, filters);
        installTls(filters);
        filters.add(filters.indexOfType(HttpServerFilter.class), new OtherUpgrades());
        if (isStarting()) {
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

    private static boolean isStarting() {
        return System.getProperty(STATE) != null;
    }

    /** The new state. A listener that cannot be changed still has to open. */
    static String install(FilterChainBuilder filters) {
        try {
            HttpServerFilter requests = (HttpServerFilter) filters.get(filters.indexOfType(HttpServerFilter.class));
            requests.getMonitoringConfig().addProbes(new Restoring(requests.getHttpHandler()));
            requests.setHttpHandler(new StartingHandler());
            return ANSWERED;
        } catch (RuntimeException | LinkageError e) {
            return e.toString();
        }
    }

    /** Gives the requests of a listener back to the server, from the first one on that comes when it has started. */
    private static final class Restoring extends HttpServerProbe.Adapter {
        private final HttpHandler server;

        Restoring(HttpHandler server) {
            this.server = server;
        }

        /** Called before the filter looks for its handler. */
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
            if (!isStarting()) {
                filter.setHttpHandler(server);
                filter.getMonitoringConfig().removeProbes(this);
            }
        }
    }
}
