package io.stompline.frame;

import java.util.Optional;

/**
 * One STOMP frame.
 *
 * @param command its first line
 * @param headers its header lines, unescaped
 * @param body the octets after the empty line, without the closing NUL
 */
public record Frame(Command command, Headers headers, Body body) {
    /** A frame without a body. */
    public static Frame of(Command command, Headers headers) {
        return new Frame(command, headers, Body.empty());
    }

    /** The value of the first header of that name. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }
}
