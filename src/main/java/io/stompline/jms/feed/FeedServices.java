package io.stompline.jms.feed;

import io.stompline.jms.link.JmsCalls;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.provider.JmsProvider;
import java.util.concurrent.ThreadFactory;

/**
 * What the feeds of one bus share.
 *
 * @param provider how acknowledging works
 * @param names JMS names of destinations
 * @param calls for settling
 * @param inbound reads messages
 * @param refused takes what consumers refuse
 * @param commits knows what was acknowledged in a transaction
 * @param threads for deliveries that are tried again
 */
public record FeedServices(
        JmsProvider provider,
        DestinationNames names,
        JmsCalls calls,
        Inbound inbound,
        RefusedMessages refused,
        CommitRecords commits,
        ThreadFactory threads) {}
