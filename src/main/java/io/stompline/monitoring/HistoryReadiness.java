package io.stompline.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this node has taken over what other nodes keep of topics (MicroProfile Health 4.0). */
@Readiness
@ApplicationScoped
public class HistoryReadiness implements HealthCheck {
    @Inject
    private NodeState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stompline-history")
                .status(state.isHistoryReady())
                .build();
    }
}
