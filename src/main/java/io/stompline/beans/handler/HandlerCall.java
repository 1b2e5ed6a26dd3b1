package io.stompline.beans.handler;

import io.stompline.session.port.ClientRequest;
import java.util.Map;

/**
 * One request on its way to a handler method.
 *
 * @param variables of the destination
 */
record HandlerCall(ClientRequest request, Map<String, String> variables) {}
