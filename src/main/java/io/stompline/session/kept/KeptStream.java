package io.stompline.session.kept;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.inbox.Box;
import io.stompline.inbox.KeptMessage;
import io.stompline.inbox.Page;
import io.stompline.routing.Message;
import io.stompline.routing.Settleable;
import io.stompline.routing.hub.Broadcast;
import java.util.Optional;

/**
 * What is kept for the user of one subscription: pages from the table until there is nothing more, then messages as
 * they come; from the table again when the client had no room for one. The table is the truth: what comes while it is
 * read is not held, but read. Guarded by its subscription's monitor; does not block.
 */
public final class KeptStream {
    private static final Headers FROM_TABLE = Headers.of(HeaderNames.REPLAYED, "true");
    private static final int MAX_ID_DIGITS = 18;

    /** The subscription. Steps run with its monitor, and not after its end; those that wait for room on the lane. */
    public interface Client {
        /** Runs a step when there is room for several messages; at most one step waits. */
        void whenRoom(Runnable step);

        /** The same when a message of any size has room. */
        void whenAllRoom(Runnable step);

        /** Runs a step at once. Any thread. */
        void guarded(Runnable step);

        /** How many messages there is room for now, as far as they have to be acknowledged; 1 or more. */
        int room();

        /** Whether there is room for one more message now. Any thread. */
        boolean hasRoom();

        /**
         * Queues a message.
         *
         * @param marks headers of this frame alone
         * @param delivery settled by ACK, NACK, or by the socket that took it
         * @return {@code false} if it has to wait until there is room for one of its size
         */
        boolean send(Broadcast message, Headers marks, Settleable delivery);
    }

    private final Box box;
    private final Client client;
    private final String destination;
    private final ShownIds shown = new ShownIds();

    /** Whether messages are shown as they come; otherwise the table is read, or will be. */
    private boolean live;

    private boolean begun;

    /** Whether the last message fitted into what the client has room for. */
    private boolean fits = true;

    /** Whether something came to the table since the last reading began. */
    private boolean more;

    /**
     * Nothing is read or shown before {@link #begin}.
     *
     * @param destination as the client knows it
     */
    public KeptStream(Box box, Client client, String destination) {
        this.box = box;
        this.client = client;
        this.destination = destination;
    }

    /** Begins to read. Called once. */
    public void begin() {
        begun = true;
        box.begin(id -> client.guarded(() -> found(id)));
        readLater();
    }

    private void readLater() {
        live = false;
        if (fits) {
            client.whenRoom(this::read);
        } else {
            client.whenAllRoom(this::read);
        }
    }

    private void read() {
        more = false;
        fits = true;
        box.read(shown.all(), client.room(), this::showNow);
    }

    /**
     * A page waits neither for room, for what a client does not read stays in the database, nor for the lane, which may
     * be paused: a reading has its place among those of all users until it is shown.
     */
    private void showNow(Page page) {
        client.guarded(() -> show(page));
    }

    private void show(Page page) {
        boolean all = true;
        for (KeptMessage kept : page.messages()) {
            // Others of the connection may have taken the room: what is left is read again.
            all = all && client.hasRoom() && shows(kept.id(), new Broadcast(kept.message(), destination), FROM_TABLE);
        }
        box.shown();
        live = all && !page.more() && !more;
        if (!live) {
            readLater();
        }
    }

    /** Shows a message, unless it was shown before or does not fit. */
    private boolean shows(long id, Broadcast message, Headers marks) {
        if (shown.enter(id)) {
            fits = client.send(message, marks, new Shown(id));
            if (!fits) {
                shown.withdraw(id);
            }
        }
        return fits;
    }

    /**
     * Takes a message of the live stream if it is one that is kept.
     *
     * @return whether it is
     */
    public boolean takes(Broadcast next) {
        Optional<Long> id = id(next.message());
        if (id.isEmpty()) {
            return false;
        }
        boolean done = shown.has(id.get()) || (live && client.hasRoom() && shows(id.get(), next, Headers.none()));
        if (!done) {
            readAgain();
        }
        return true;
    }

    private static Optional<Long> id(Message message) {
        return message.headers()
                .first(HeaderNames.INBOX_ID)
                .filter(text -> text.length() <= MAX_ID_DIGITS && text.matches("[0-9]+"))
                .map(Long::valueOf);
    }

    private void found(long id) {
        if (!shown.has(id)) {
            readAgain();
        }
    }

    /** The live stream may have missed some. */
    public void readAgain() {
        more = true;
        if (begun && live) {
            readLater();
        }
    }

    /** A message that the client has: its id is remembered for a while after it is settled. */
    private final class Shown implements Settleable {
        private final long id;
        private final Settleable kept;

        Shown(long id) {
            this.id = id;
            this.kept = box.delivery(id);
        }

        @Override
        public boolean acknowledge() {
            shown.settle(id);
            return kept.acknowledge();
        }

        @Override
        public boolean reject(boolean requeue, String reason) {
            shown.settle(id);
            return kept.reject(requeue, reason);
        }
    }
}
