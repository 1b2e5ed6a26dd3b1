package io.stompline.application;

import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/** The check that the example of the guide asks: only ann is in room 7. */
@ApplicationScoped
@Named("memberOf")
public class RoomMembers implements StompAccessCheck {
    @Override
    public boolean permits(StompCaller who, Map<String, String> variables) {
        return who.name().equals("ann") && variables.get("room").equals("7");
    }
}
