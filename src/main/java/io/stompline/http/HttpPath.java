package io.stompline.http;

import io.stompline.gateway.StompGateway;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Puts the servlet below the path of the endpoint, if the settings want it, with the number of its sessions. */
@WebListener
public class HttpPath implements ServletContextListener {
    @Inject
    private StompGateway gateway;

    /** Payara makes listeners before the application context, and the node in it, is there. */
    @Inject
    private Instance<HttpSettings> settings;

    @Inject
    private Instance<Metrics> ofNode;

    @Inject
    private HttpConnections connections;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ofNode.get().gauge(Meter.HTTP_CONNECTIONS, connections::count);
        if (settings.get().offered()) {
            var servlet = event.getServletContext().addServlet("stompline-http", StompServlet.class);
            servlet.setAsyncSupported(true);
            String path = HttpTransport.path(gateway);
            servlet.addMapping(path, path + "/*");
        }
    }
}
