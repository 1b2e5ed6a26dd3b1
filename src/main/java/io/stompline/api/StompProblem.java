package io.stompline.api;

import java.util.List;

/**
 * The answer to a sender whose message could not be handled.
 *
 * @param problem {@code invalid payload}, {@code not allowed}, {@code unknown destination}, {@code timed out}, {@code
 *     not published} (the message broker refused a message of the handler; {@code details} have the reason) or {@code
 *     internal error}
 * @param details what to change, if the sender can do something: for example one sentence for each violated constraint
 */
public record StompProblem(String problem, List<String> details) {}
