package io.stompline.jms.provider;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The durable subscriptions of an OpenMQ in this JVM. Thread-safe.
 *
 * <p>Knows no class of OpenMQ's broker: the Java VM would look for it when this class is loaded, where nobody expects
 * it to be missing.
 */
final class OpenMqBacklogs implements DurableBacklogs {
    private static final Logger LOG = System.getLogger(OpenMqBacklogs.class.getName());

    private volatile boolean reachable = true;

    @Override
    public void trim(long maxBytes, Listener listener) {
        if (!reachable) {
            return;
        }
        try {
            OpenMqSubscriptions.trim(maxBytes, listener);
        } catch (LinkageError notHere) {
            reachable = false;
            LOG.log(
                    Level.WARNING,
                    "the application does not see the classes of OpenMQ's broker: durable subscriptions have no limit"
                            + " of their own",
                    notHere);
        }
    }
}
