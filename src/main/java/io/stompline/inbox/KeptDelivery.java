package io.stompline.inbox;

import io.stompline.bounds.Printable;
import io.stompline.routing.Settleable;

/**
 * A kept message that one client has, without the message: deleted for all of them some 50 ms after it is acknowledged.
 */
record KeptDelivery(Inboxes inbox, Address address, long id) implements Settleable {
    private static final System.Logger LOG = System.getLogger(KeptDelivery.class.getName());

    /** Does not block. */
    @Override
    public boolean acknowledge() {
        inbox.delete(id, address);
        return true;
    }

    /** With {@code requeue} it stays for the next subscription. Does not block. */
    @Override
    public boolean reject(boolean requeue, String reason) {
        if (!requeue) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the kept message " + id + " to " + Printable.of(address.user()) + " at "
                            + Printable.of(address.destination().text()) + " is deleted: " + reason);
            inbox.delete(id, address);
        }
        return true;
    }
}
