package io.stompline.beside;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Tells the session that sent something to {@code /queue/echo} what it sent. Knows JMS only. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "echo"),
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "imqjmsra")
        })
public class Echo implements MessageListener {
    @Inject
    private NewsDesk desk;

    @Override
    public void onMessage(Message message) {
        try {
            desk.tellSession(message.getStringProperty("stompline_origin"), message.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
