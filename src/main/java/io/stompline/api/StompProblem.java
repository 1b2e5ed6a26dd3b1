package io.stompline.api;

import java.util.List;

/**
 * What a sender is told when its message could not be handled.
 *
 * @param problem {@code invalid payload}, {@code not allowed}, {@code unknown destination}, {@code timed out}, {@code
 *     not published} (what the handler published was not taken, {@code details} say why) or {@code internal error}
 * @param details what to change, if the sender can do something: for example one sentence for each violated constraint
 */
public record StompProblem(String problem, List<String> details) {}
