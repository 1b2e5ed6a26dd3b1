package io.stompline.websocket;

import io.stompline.metrics.Metrics;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Installs the adaptations to the server before its first connection, with their number as gauges. */
@WebListener
public class AdaptationInstaller implements ServletContextListener {
    @Inject
    private Metrics metrics;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerAdaptations adaptations = ServerAdaptations.ofApplication();
        adaptations.install(event.getServletContext());
        metrics.gauge("server_adaptations", adaptations::active);
        metrics.gauge("server_adaptations_missing", adaptations::missingDefences);
    }
}
