package io.stompline.session.outbox;

/** Port to the owner of an {@link Outbox} whose client reads too slowly. */
@FunctionalInterface
public interface OverflowListener {
    /**
     * A limit was passed: the connection must end, by {@link Outbox#finish}. May be called more than once, on any
     * thread that offers a frame or calls {@link Outbox#checkStall}, without the monitor of the outbox; must not block.
     *
     * @param reason a sentence for the ERROR frame that names the limit, its unit and its setting
     */
    void overflowed(String reason);
}
