package io.stompline.security;

import io.stompline.routing.Destination;

/** Every known caller may use every topic and queue but those of the messaging system itself and of the bridge. */
public final class AuthenticatedAccess implements AccessControl {
    @Override
    public boolean maySend(Caller caller, Destination destination) {
        return !destination.isReserved();
    }

    @Override
    public boolean maySubscribe(Caller caller, Destination destination) {
        return !destination.isReserved();
    }
}
