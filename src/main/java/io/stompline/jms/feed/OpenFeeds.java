package io.stompline.jms.feed;

import io.stompline.bounds.OnceLog;
import io.stompline.jms.link.BrokerLink;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All that consumes, so that it can move to a new link. Thread-safe. */
public final class OpenFeeds {
    private static final Logger LOG = System.getLogger(OpenFeeds.class.getName());

    /** By feed, whether it has consumed; until then the caller that opens it gets its failures. */
    private final Map<LinkConsumer, Boolean> feeds = new ConcurrentHashMap<>();

    private final OnceLog failures = new OnceLog(LOG);

    /** From now on this feed moves to every new link. */
    public void add(LinkConsumer feed) {
        feeds.put(feed, false);
    }

    /** The feed consumes: from now on the log tells if it cannot. */
    public void opened(LinkConsumer feed) {
        feeds.replace(feed, true);
    }

    /** The feed has ended. */
    public void remove(LinkConsumer feed) {
        feeds.remove(feed);
        failures.mended(feed);
    }

    /** Makes every feed consume over this link; those that fail are tried again at the next call. */
    public void attachAll(BrokerLink link) {
        for (LinkConsumer feed : feeds.keySet()) {
            if (link.isLost()) {
                return;
            }
            attach(feed, link);
        }
    }

    /** The link of the moment is being closed. */
    public void detachAll() {
        feeds.keySet().forEach(LinkConsumer::detach);
    }

    private void attach(LinkConsumer feed, BrokerLink link) {
        try {
            feed.attach(link);
            failures.mended(feed);
        } catch (JMSException | RuntimeException e) {
            if (!link.isLost() && feeds.getOrDefault(feed, false)) {
                failures.log(
                        Level.WARNING,
                        feed,
                        feed.name() + " cannot be consumed, will be tried again: " + e.getMessage());
            }
        }
    }
}
