package io.stompline.session.port;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;

/**
 * A SEND or SUBSCRIBE on its way to the application.
 *
 * @param session who sent it
 * @param destination as in the frame
 * @param headers of the frame, each name once; a {@code reply-to} is an address that can be published to
 * @param body of a SEND
 */
public record ClientRequest(SessionView session, Destination destination, Headers headers, Body body) {}
