package io.stompline.security;

import io.stompline.routing.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Allows every caller that logged in every destination. */
@ApplicationScoped
public class AuthenticatedAccess implements AccessControl {
    @Override
    public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
        return Optional.empty();
    }
}
