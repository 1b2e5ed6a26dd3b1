package io.stompline.beans.contract;

import io.stompline.beans.handler.HandlerExtension;
import io.stompline.beans.handler.Operation;
import io.stompline.gateway.Transport;
import io.stompline.security.RoleDoor;
import io.stompline.security.proxy.RequestSource;
import io.stompline.security.proxy.TrustedProxies;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** {@code /asyncapi.json} and {@code /destinations.d.ts}, for the role of {@code stompline.asyncapi.role}. */
@WebServlet({ContractServlet.ASYNCAPI, ContractServlet.TYPES})
public class ContractServlet extends HttpServlet {
    static final String ASYNCAPI = "/asyncapi.json";
    static final String TYPES = "/destinations.d.ts";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient RoleDoor door;

    @Inject
    private transient TrustedProxies proxies;

    @Inject
    private transient HandlerExtension handlers;

    @Inject
    private transient Instance<Transport> transports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestSource source = proxies.source(request);
        if (!door.opens(RoleDoor.Page.ASYNCAPI, request, response, source.address())) {
            return;
        }
        List<Operation> operations = handlers.operations();
        boolean isDocument = request.getServletPath().equals(ASYNCAPI);
        response.setContentType(isDocument ? "application/json" : "text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(
                        isDocument
                                ? AsyncApi.of(operations, server(request, source))
                                        .toPrettyString()
                                : TypeScript.of(operations));
    }

    private AsyncApi.Server server(HttpServletRequest request, RequestSource source) {
        String name = request.getServletContext().getServletContextName();
        return new AsyncApi.Server(
                name == null || name.isBlank() ? "Stompline" : name,
                source.host().orElseGet(() -> request.getServerName() + ":" + request.getServerPort()),
                request.getContextPath(),
                source.secure(),
                transports.stream()
                        .filter(Transport::isOffered)
                        .sorted(Comparator.comparing(Transport::name))
                        .toList());
    }
}
