package io.stompline.websocket;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Installs the adaptations to the server before its first connection, with their number as gauges. */
@WebListener
public class AdaptationInstaller implements ServletContextListener {
    /** Payara makes listeners before the application context, and the node in it, is there. */
    @Inject
    private Instance<Metrics> ofNode;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerAdaptations adaptations = ServerAdaptations.ofApplication();
        adaptations.install(event.getServletContext());
        Metrics metrics = ofNode.get();
        adaptations.countSlowRequests(metrics.counter(Meter.SLOW_REQUESTS)::increment);
        metrics.gauge(Meter.SERVER_ADAPTATIONS, adaptations::active);
        metrics.gauge(Meter.SERVER_ADAPTATIONS_MISSING, adaptations::missingDefences);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServerAdaptations.ofApplication().uninstall();
    }
}
