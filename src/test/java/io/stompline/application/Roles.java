package io.stompline.application;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompCaller;
import io.stompline.api.Variable;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says the roles of the caller, seen from everywhere. */
public final class Roles {
    private Roles() {}

    /** An enterprise bean. */
    @Stateless
    @DeclareRoles({"managers", "users"})
    public static class Registry {
        @Resource
        private SessionContext session;

        @Inject
        private SecurityContext security;

        /** Who calls, and what both contexts say. */
        public String roles() {
            return session.getCallerPrincipal().getName() + " " + session.isCallerInRole("managers")
                    + session.isCallerInRole("users") + " " + security.isCallerInRole("managers")
                    + security.isCallerInRole("users");
        }
    }

    /** A CDI bean. */
    @ApplicationScoped
    public static class Desk {
        @Inject
        private SecurityContext security;

        @Inject
        private Registry registry;

        /** Who sends. */
        @OnSend("/app/roles")
        public String ofSender() {
            return roles();
        }

        /** Who subscribes. */
        @OnSubscribe("/app/roles")
        public String ofSubscriber() {
            return roles();
        }

        String roles() {
            return security.getCallerPrincipal().getName() + " " + security.isCallerInRole("managers")
                    + security.isCallerInRole("users") + security.isCallerInRole("unknown") + " " + registry.roles();
        }
    }

    /** Knows who is on the committee. */
    @ApplicationScoped
    @Named("onCommittee")
    public static class Committee implements StompAccessCheck {
        private final Set<String> committees = ConcurrentHashMap.newKeySet();

        Committee() {
            committees.addAll(Set.of("budget", "party"));
        }

        /** Nobody is on it any more. */
        @OnSend("/app/committees/{committee}/dissolve")
        public void dissolve(@Variable("committee") String committee) {
            committees.remove(committee);
        }

        @Override
        public boolean permits(StompCaller who, Map<String, String> variables) {
            return who.name().equals("ann") && committees.contains(variables.get("committee"));
        }
    }

    /** For managers only. */
    @ApplicationScoped
    public static class Office {
        /** Any message. */
        @OnSend("/app/office")
        @RolesAllowed("managers")
        public String knock() {
            return "come in";
        }

        /** What is behind the door. */
        @OnSubscribe("/app/office")
        @RolesAllowed("managers")
        public String look() {
            return "a desk";
        }

        /** What was decided so far. */
        @OnSubscribe("/topic/decisions/{year}")
        @RolesAllowed("managers")
        public String decisions() {
            return "none";
        }

        /** Nobody is let in. */
        @OnSubscribe("/topic/archive/secret")
        @DenyAll
        public String secret() {
            return "secret";
        }
    }

    /** The REST API. */
    @ApplicationPath("/api")
    @ApplicationScoped
    @DeclareRoles({"managers", "users", "readers"})
    @BasicAuthenticationMechanismDefinition(realmName = "test")
    public static class Api extends Application {}

    /** A JAX-RS resource. */
    @Path("/roles")
    public static class Door {
        @Inject
        private Desk desk;

        @Context
        private HttpServletRequest request;

        /** Who asks. */
        @GET
        public String ofCaller() {
            return desk.roles();
        }

        /** Opens an HTTP session. */
        @GET
        @Path("/login")
        public String logIn() {
            return request.getSession(true).getId();
        }

        /** Gives the HTTP session another id, as after a login. */
        @GET
        @Path("/change-id")
        public String changeId() {
            return request.changeSessionId();
        }

        /** Has the HTTP session end when nobody uses it for a second. */
        @GET
        @Path("/hurry")
        public String hurry() {
            request.getSession(false).setMaxInactiveInterval(1);
            return "be quick";
        }

        /** Logs out, and keeps the HTTP session. */
        @GET
        @Path("/leave")
        public String leave() throws ServletException {
            request.logout();
            return request.getSession(false) == null ? "no session" : "a session";
        }

        /** Ends the HTTP session. */
        @GET
        @Path("/logout")
        public String logOut() {
            request.getSession(false).invalidate();
            return "good bye";
        }
    }
}
