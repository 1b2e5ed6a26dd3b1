package io.stompline.inbox;

import io.stompline.routing.Settleable;
import java.util.Set;
import java.util.function.Consumer;

/** What one subscription reads of what is kept for its user. Thread-safe; does not block. */
public final class Box {
    private final Inboxes inbox;
    private final Address address;
    private Runnable reading = () -> {};
    private boolean open;

    Box(Inboxes inbox, Address address) {
        this.inbox = inbox;
        this.address = address;
    }

    /** Hears of messages of one box. */
    public interface Listener {
        /** A message is in the table. Called on any thread; does not block. */
        void found(long id);
    }

    Address address() {
        return address;
    }

    /** Tells the listener once a minute what is in the table, until {@link #end}: a node may die before it says so. */
    public synchronized void begin(Listener listener) {
        open = true;
        inbox.enter(this, listener);
    }

    /**
     * Reads what is not shown yet, on a thread of the inbox, when it is its turn; while the database is away, when it
     * is back. The page before is {@linkplain #shown shown}, or not wanted any more.
     *
     * @param shown ids to leave out
     * @param max how many messages there may be
     * @param then called once, unless the box is ended before
     */
    public synchronized void read(Set<Long> shown, int max, Consumer<Page> then) {
        shown();
        if (!open) {
            return;
        }
        if (address.toldAbout().isPresent()) {
            inbox.tellUnread(this, address.toldAbout().get());
            then.accept(Page.EMPTY);
        } else {
            reading = inbox.read(address, shown, max, then);
        }
    }

    /** The last page is shown, and others may be read for others. Idempotent. */
    public synchronized void shown() {
        reading.run();
    }

    /** What its client settles of the message of that id. */
    public Settleable delivery(long id) {
        return new KeptDelivery(inbox, address, id);
    }

    /** Reads no more. Idempotent. */
    public synchronized void end() {
        open = false;
        reading.run();
        inbox.leave(this);
    }
}
