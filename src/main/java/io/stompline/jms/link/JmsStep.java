package io.stompline.jms.link;

import jakarta.jms.JMSException;

/** Something done with an object of the message broker. */
@FunctionalInterface
public interface JmsStep {
    void run() throws JMSException;
}
