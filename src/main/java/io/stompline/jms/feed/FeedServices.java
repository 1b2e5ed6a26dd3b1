package io.stompline.jms.feed;

import io.stompline.jms.link.CurrentLink;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.message.MessageReader;
import io.stompline.jms.provider.JmsProvider;
import java.util.concurrent.ThreadFactory;

/**
 * The services that the feeds of one bus share.
 *
 * @param provider acknowledges deliveries
 * @param names JMS names of destinations
 * @param current the link over which a durable subscription is deleted
 * @param reader reads messages
 * @param refused takes the messages that consumers refuse
 * @param commits knows the deliveries that a transaction acknowledged
 * @param threads for deliveries that are tried again
 */
public record FeedServices(
        JmsProvider provider,
        DestinationNames names,
        CurrentLink current,
        MessageReader reader,
        RefusedMessages refused,
        CommitRecords commits,
        ThreadFactory threads) {}
