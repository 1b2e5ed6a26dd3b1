package io.stompline.api;

import java.util.Map;

/**
 * A check that an access rule ends with: {@code allow role:user subscribe /topic/rooms/{room} if memberOf} asks the
 * CDI bean {@code @Named("memberOf")} that implements this.
 *
 * <p>Called for each frame that the rule is about, on a thread of that connection: it may ask a database, and holds up
 * that connection only. Must be thread-safe.
 */
@FunctionalInterface
public interface StompAccessCheck {
    /**
     * Decides whether the rule applies.
     *
     * @param variables segments of the destination by the names that the rule gives them
     * @return whether it applies; an exception counts as a refusal
     */
    boolean permits(StompCaller who, Map<String, String> variables);
}
