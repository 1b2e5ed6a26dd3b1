package io.stompline.session.port;

import java.time.Duration;

/**
 * Limits for what the application does with frames.
 *
 * @param answerTimeout how long an answer that is promised may take
 */
public record ApplicationLimits(Duration answerTimeout) {}
