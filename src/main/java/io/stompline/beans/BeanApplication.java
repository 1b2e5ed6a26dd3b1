package io.stompline.beans;

import io.stompline.broker.Destination;
import io.stompline.session.Application;
import io.stompline.session.ApplicationRefusal;
import io.stompline.session.ClientRequest;
import io.stompline.session.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Hands requests to the handler methods of beans. Thread-safe. */
@ApplicationScoped
public class BeanApplication implements Application {
    @Override
    public void send(ClientRequest request) {
        throw new ApplicationRefusal("nothing handles " + request.destination());
    }

    @Override
    public boolean answersSubscribe(Destination destination) {
        return false;
    }

    @Override
    public Optional<Snapshot> subscribe(ClientRequest request) {
        return Optional.empty();
    }
}
