package io.stompline.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the message broker has room (MicroProfile Health 4.0): DOWN when not even a bean can publish a message that
 * it has to keep. Whether clients may fill queues is data only: a client that fills them must not take the node out of
 * use.
 */
@Readiness
@ApplicationScoped
public class BrokerStoreCheck implements HealthCheck {
    /** A hundredth of the default store is more than the largest message. */
    private static final int FULL_PERCENT = 99;

    @Inject
    private NodeState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stompline-broker-store")
                .status(state.brokerStore().percent() < FULL_PERCENT)
                .withData("queues", queues())
                .build();
    }

    /** A full disk is known by a message that it did not take: a node out of use would never learn that it has room. */
    private String queues() {
        if (state.isDiskFull()) {
            return "the disk is full";
        }
        return state.isOpenForQueues() ? "open to clients" : "closed to clients";
    }
}
