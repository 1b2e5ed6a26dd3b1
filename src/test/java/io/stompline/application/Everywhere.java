package io.stompline.application;

import io.stompline.api.StompPublisher;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** Every kind of component that the publisher can be injected into. */
public final class Everywhere {
    private Everywhere() {}

    /** A CDI bean. */
    @ApplicationScoped
    public static class Bean {
        @Inject
        private StompPublisher publisher;

        void tell() {
            publisher.publish("/topic/everywhere", "bean");
        }
    }

    /** The REST API. */
    @ApplicationPath("/api")
    public static class Api extends Application {}

    /** A JAX-RS resource. */
    @Path("/tell")
    public static class Resource {
        @Inject
        private StompPublisher publisher;

        @Inject
        private Bean bean;

        /** Tells from here and from the bean. */
        @GET
        public String tell() {
            bean.tell();
            publisher.publish("/topic/everywhere", "resource");
            return "done";
        }
    }

    /** A message-driven bean: what browsers send to a queue. */
    @MessageDriven(
            activationConfig = {
                @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
                @ActivationConfigProperty(propertyName = "destination", propertyValue = "inbox"),
                @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "imqjmsra")
            })
    public static class Mdb implements MessageListener {
        @Inject
        private StompPublisher publisher;

        @Override
        public void onMessage(Message message) {
            publisher.publish("/topic/everywhere", "mdb");
        }
    }

    /** A timer. */
    @Stateless
    public static class Timer {
        @Inject
        private StompPublisher publisher;

        /** Tells every second. */
        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
        public void tick() {
            publisher.publish("/topic/ticks", "tick");
        }
    }
}
