package io.stompline.beside;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Topic;

/** Tells everybody who subscribed to {@code /topic/news}, or one session. Knows JMS only. */
@JMSDestinationDefinition(
        name = "java:app/jms/news",
        interfaceName = "jakarta.jms.Topic",
        destinationName = "news",
        resourceAdapter = "imqjmsra")
@JMSDestinationDefinition(
        name = "java:app/jms/users",
        interfaceName = "jakarta.jms.Topic",
        destinationName = "stompline.users",
        resourceAdapter = "imqjmsra")
@Stateless
public class NewsDesk {
    @Inject
    @JMSConnectionFactory("jms/stompline")
    private JMSContext jms;

    @Resource(lookup = "java:app/jms/news")
    private Topic news;

    @Resource(lookup = "java:app/jms/users")
    private Topic users;

    /** Everybody, when the transaction commits. */
    public void tellAll(String text) {
        jms.createProducer().setProperty("stompline_content_type", "text/plain").send(news, text);
    }

    /** Nobody: the transaction is rolled back. */
    public void tellAllAndFail(String text) {
        tellAll(text);
        throw new EJBException("rolled back");
    }

    /** Everybody but one session. */
    public void tellOthers(String session, String text) {
        jms.createProducer().setProperty("stompline_except_session", session).send(news, text);
    }

    /** One session. */
    public void tellSession(String session, String text) {
        jms.createProducer()
                .setProperty("stompline_session", session)
                .setProperty("stompline_destination", "/user/queue/alerts")
                .send(users, text);
    }
}
