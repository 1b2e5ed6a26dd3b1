package io.stompline.web;

import io.stompline.gateway.StompGateway;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code js/endpoint.js}: tells the pages where the settings have put the endpoint. In {@code web.xml} of our own WARs,
 * and so not among the files of an application that carries our classes.
 */
public class EndpointScript extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient StompGateway gateway;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/javascript");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        // Another start may have another path.
        response.setHeader("Cache-Control", "no-cache");
        response.getWriter().write(script(gateway.path()));
    }

    /** The module. A path of the settings has no character that JavaScript would have to escape. */
    static String script(String path) {
        return "/** Where the endpoint is, below the context root. The server makes this file of its settings. */\n"
                + "export const endpointPath = '" + path + "';\n";
    }
}
