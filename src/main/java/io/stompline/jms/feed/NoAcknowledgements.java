package io.stompline.jms.feed;

import jakarta.jms.Message;

/**
 * For a topic without a durable subscription: the message broker keeps nothing, so there is nothing to tell it.
 * Thread-safe.
 */
final class NoAcknowledgements implements Acknowledgements {
    @Override
    public boolean acknowledge(Message message) {
        // The session does it by itself.
        return true;
    }

    @Override
    public void beforeReceiver() {
        // Nothing is bound to the listener.
    }

    @Override
    public void afterReceiver() {
        // The next may come at once.
    }

    @Override
    public void close() {
        // Nobody waits.
    }
}
