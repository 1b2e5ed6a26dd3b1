package io.stompline.application;

import io.stompline.api.OnSend;
import io.stompline.api.StompClient;
import io.stompline.api.StompTickets;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/** Issues tickets in every way; {@link Roles} has the login of the container. */
public final class Tickets {
    private Tickets() {}

    /** The example of the guide: for pages of https://shop.example. */
    @WebServlet("/ticket")
    @DeclareRoles("users")
    @ServletSecurity(@HttpConstraint(rolesAllowed = "users"))
    public static class TicketServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient StompTickets tickets;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Access-Control-Allow-Origin", "https://shop.example");
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Cache-Control", "no-store");
            response.setContentType("text/plain");
            response.getWriter().print(tickets.issue());
        }
    }

    /** A JAX-RS resource. */
    @Path("/ticket")
    public static class TicketResource {
        @Inject
        private StompTickets tickets;

        /** Whether or not somebody has logged in. */
        @POST
        public String ofCaller() {
            return tickets.issue();
        }
    }

    /** A handler has no HTTP request. */
    @ApplicationScoped
    public static class TicketHandler {
        @Inject
        private StompTickets tickets;

        /** For another connection of the sender. */
        @OnSend("/app/ticket")
        public String ofSender(StompClient by) {
            return tickets.issue(by.user(), by.groups());
        }

        /** Says why that cannot be. */
        @OnSend("/app/ticket-of-request")
        public String ofRequest() {
            try {
                return tickets.issue();
            } catch (IllegalStateException noRequest) {
                return noRequest.getMessage();
            }
        }
    }
}
