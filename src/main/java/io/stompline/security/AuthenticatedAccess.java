package io.stompline.security;

import io.stompline.routing.Destination;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;

/** Allows every caller that logged in every destination. Dependent, so that no proxy is called for every frame. */
@Dependent
public class AuthenticatedAccess implements AccessControl {
    @Override
    public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
        return Optional.empty();
    }

    @Override
    public boolean changesItsMind() {
        return false;
    }
}
