package io.stompline.inbox;

import java.util.List;

/**
 * Messages that a subscription has not shown yet.
 *
 * @param messages by id
 * @param more whether there are others
 */
public record Page(List<KeptMessage> messages, boolean more) {
    static final Page EMPTY = new Page(List.of(), false);
}
