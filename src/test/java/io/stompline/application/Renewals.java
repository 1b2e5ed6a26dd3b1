package io.stompline.application;

import io.stompline.api.StompCaller;
import io.stompline.api.StompRenewalCheck;
import jakarta.enterprise.context.ApplicationScoped;

/** Renews tokens of the same device only; fails for a token of no device in place of one that has one. */
@ApplicationScoped
public class Renewals implements StompRenewalCheck {
    @Override
    public boolean permits(StompCaller before, StompCaller after) {
        String device = before.claims().get("device");
        return device == null || after.claims().get("device").equals(device);
    }
}
