package io.stompline.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * A user who is in a topic.
 *
 * @param sessions how many of the user's sessions are subscribed, on all nodes; zero while the user may be coming back
 * @param info what the user's page tells of the user, as JSON
 * @param since when the user came
 */
public record Member(String user, int sessions, Optional<String> info, Instant since) {}
