package io.stompline.application;

import io.stompline.api.OnSend;
import io.stompline.api.StompClient;
import io.stompline.api.StompTickets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Issues tickets in other ways than the servlet of the guide; {@link Roles} has the login of the container. */
public final class Tickets {
    private Tickets() {}

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
