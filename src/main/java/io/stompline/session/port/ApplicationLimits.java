package io.stompline.session.port;

import java.time.Duration;

/**
 * Limits of the application's work on frames.
 *
 * @param answerTimeout how long an answer that is promised may take
 */
public record ApplicationLimits(Duration answerTimeout) {}
