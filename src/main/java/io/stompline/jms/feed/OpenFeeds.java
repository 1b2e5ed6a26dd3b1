package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that consumes, so that it can move to a new link. Thread-safe. */
public final class OpenFeeds {
    private static final Logger LOG = System.getLogger(OpenFeeds.class.getName());

    private final Set<LinkConsumer> feeds = ConcurrentHashMap.newKeySet();

    /** Those that failed and were named in the log. */
    private final Set<LinkConsumer> failed = ConcurrentHashMap.newKeySet();

    public void add(LinkConsumer feed) {
        feeds.add(feed);
    }

    public void remove(LinkConsumer feed) {
        feeds.remove(feed);
        failed.remove(feed);
    }

    /** Has every feed consume over this link; those that cannot are tried again at the next call. */
    public void attachAll(BrokerLink link) {
        for (LinkConsumer feed : feeds) {
            if (link.isLost()) {
                return;
            }
            attach(feed, link);
        }
    }

    /** The link of the moment is being closed. */
    public void detachAll() {
        feeds.forEach(LinkConsumer::detach);
    }

    private void attach(LinkConsumer feed, BrokerLink link) {
        try {
            feed.attach(link);
            failed.remove(feed);
        } catch (JMSException | RuntimeException e) {
            if (!link.isLost() && failed.add(feed)) {
                LOG.log(Level.WARNING, "{0} cannot be consumed, will be tried again: {1}", feed.name(), e.getMessage());
            }
        }
    }
}
