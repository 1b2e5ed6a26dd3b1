package io.stompline.jms;

import jakarta.jms.JMSException;

/** Something done with an object of the messaging system. */
@FunctionalInterface
interface JmsStep {
    void run() throws JMSException;
}
