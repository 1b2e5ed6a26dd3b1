package io.stompline.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** What a node has to have before it is sent clients, one check each (MicroProfile Health 4.0). */
@ApplicationScoped
public class NodeReadiness {
    @Inject
    private NodeState state;

    /** Whether it has been able to reach the message broker lately. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck broker() {
        return check("stompline-broker", () -> state.isBrokerReady());
    }

    /** Whether it has taken over what other nodes keep of topics. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck history() {
        return check("stompline-history", () -> state.isHistoryReady());
    }

    private static HealthCheck check(String name, BooleanSupplier ready) {
        return () ->
                HealthCheckResponse.named(name).status(ready.getAsBoolean()).build();
    }
}
