package io.stompline.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this node has been able to reach the message broker lately (MicroProfile Health 4.0). */
@Readiness
@ApplicationScoped
public class BrokerReadiness implements HealthCheck {
    @Inject
    private NodeState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stompline-broker")
                .status(state.isBrokerReady())
                .build();
    }
}
