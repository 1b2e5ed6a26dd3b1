package io.stompline.beside;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Topic;

/**
 * Takes what browsers send to {@code /queue/orders} and tells all who subscribed to {@code /topic/orders/taken}. Knows
 * JMS only.
 */
@JMSDestinationDefinition(
        name = "java:app/jms/orders",
        interfaceName = "jakarta.jms.Queue",
        destinationName = "orders",
        resourceAdapter = "imqjmsra")
@JMSDestinationDefinition(
        name = "java:app/jms/taken",
        interfaceName = "jakarta.jms.Topic",
        destinationName = "orders.taken",
        resourceAdapter = "imqjmsra")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "java:app/jms/orders"),
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "imqjmsra")
        })
public class OrderDesk implements MessageListener {
    @Inject
    @JMSConnectionFactory("jms/stompline")
    private JMSContext jms;

    @Resource(lookup = "java:app/jms/taken")
    private Topic taken;

    @Override
    public void onMessage(Message order) {
        try {
            String answer = "taken: " + order.getBody(String.class);
            jms.createProducer().setProperty("desk", "1").send(taken, answer);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
