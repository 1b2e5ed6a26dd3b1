package io.stompline.inbox;

import io.stompline.routing.Message;

/**
 * A message that is kept.
 *
 * @param id in the table, growing in the order of the INSERTs
 * @param message with the id among its headers
 */
public record KeptMessage(long id, Message message) {}
