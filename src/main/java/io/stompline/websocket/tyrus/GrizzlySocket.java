package io.stompline.websocket.tyrus;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Map;

/**
 * Grizzly's objects below a servlet request (seen in Grizzly 4.0.2 of Payara 6.2025.10).
 *
 * @param catalina the {@code org.apache.catalina.connector.Request}
 * @param connection the {@code org.glassfish.grizzly.Connection} of the socket
 * @param response the {@code org.glassfish.grizzly.http.server.Response} to the request
 * @param output the {@code org.glassfish.grizzly.http.io.OutputBuffer} of the response
 */
record GrizzlySocket(Object catalina, Object connection, Object response, Object output) {
    private static final String OUTERMOST = "org.apache.catalina.connector.RequestFacade";
    private static final String TO_CATALINA = "getUnwrappedCoyoteRequest";
    private static final String TO_REQUEST = "getCoyoteRequest";
    private static final String[] TO_CONNECTION = {"getContext", "getConnection"};
    private static final String TO_RESPONSE = "getResponse";
    private static final String TO_OUTPUT = "getOutputBuffer";

    /**
     * The objects of a request.
     *
     * @throws ReflectiveOperationException if the server is not made of Grizzly
     */
    static GrizzlySocket of(ServletRequest request) throws ReflectiveOperationException {
        Object catalina = follow(innermost(request), TO_CATALINA);
        Object grizzly = follow(catalina, TO_REQUEST);
        Object response = follow(grizzly, TO_RESPONSE);
        return new GrizzlySocket(catalina, follow(grizzly, TO_CONNECTION), response, follow(response, TO_OUTPUT));
    }

    /**
     * Sets the status line and headers of an answer as they are. A status that Grizzly does not know it calls "CUSTOM",
     * and an answer with the header Upgrade it takes for one without a length, whose end no client sees.
     *
     * @throws ReflectiveOperationException if the server is not made of Grizzly
     */
    static void setHead(ServletRequest request, int status, String reason, Map<String, String> headers)
            throws ReflectiveOperationException {
        Object response = follow(innermost(request), TO_CATALINA, TO_REQUEST, TO_RESPONSE);
        response.getClass().getMethod("setStatus", int.class, String.class).invoke(response, status, reason);
        Object mimeHeaders = follow(response, "getResponse", "getHeaders");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            Object value =
                    mimeHeaders.getClass().getMethod("setValue", String.class).invoke(mimeHeaders, header.getKey());
            value.getClass().getMethod("setString", String.class).invoke(value, header.getValue());
        }
    }

    /** The declared type of {@link #connection}. */
    static Class<?> connectionType(ServerClasses server) throws ReflectiveOperationException {
        return follow(requestType(server), TO_CONNECTION);
    }

    /** The declared type of {@link #output}. */
    static Class<?> outputType(ServerClasses server) throws ReflectiveOperationException {
        return follow(responseType(server), TO_OUTPUT);
    }

    /** The declared type of {@link #response}. */
    static Class<?> responseType(ServerClasses server) throws ReflectiveOperationException {
        return follow(requestType(server), TO_RESPONSE);
    }

    /** The declared type of {@link #catalina}. */
    static Class<?> catalinaType(ServerClasses server) throws ReflectiveOperationException {
        return follow(server.ofWeb(OUTERMOST), TO_CATALINA);
    }

    private static ServletRequest innermost(ServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost;
    }

    private static Class<?> requestType(ServerClasses server) throws ReflectiveOperationException {
        return follow(catalinaType(server), TO_REQUEST);
    }

    private static Object follow(Object start, String... methods) throws ReflectiveOperationException {
        Object found = start;
        for (String method : methods) {
            found = found.getClass().getMethod(method).invoke(found);
        }
        return found;
    }

    private static Class<?> follow(Class<?> start, String... methods) throws ReflectiveOperationException {
        Class<?> found = start;
        for (String method : methods) {
            found = found.getMethod(method).getReturnType();
        }
        return found;
    }
}
