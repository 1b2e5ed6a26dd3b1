package io.stompline.websocket;

import io.stompline.gateway.StompGateway;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.List;

/**
 * Puts the way to the endpoint where the settings want it, and tells the endpoint where it leads. The path of an
 * annotated endpoint is fixed, so that the filter in front of it is mapped to the other path and translates.
 */
@WebListener
public class EndpointPath implements ServletContextListener {
    /** Name of the filter at the path that is set, where that is not the path of the endpoint. */
    static final String OTHER_PATH = "stompline";

    @Inject
    private StompGateway gateway;

    /** How a path of the endpoint may be written: many put a slash at the end. */
    public static List<String> spellings(String path) {
        return List.of(path, path + "/");
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        StompEndpoint.use(gateway);
        if (!gateway.path().equals(StompEndpoint.PATH)) {
            var filter = event.getServletContext().addFilter(OTHER_PATH, HandshakeFilter.class);
            filter.setAsyncSupported(true);
            // Before the filter of the WebSocket container.
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST),
                    false,
                    spellings(gateway.path()).toArray(String[]::new));
        }
    }
}
