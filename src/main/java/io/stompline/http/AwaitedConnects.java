package io.stompline.http;

import io.stompline.bounds.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The sessions that poll and have not connected yet: they hold no socket, so that nothing else bounds them.
 * Thread-safe.
 */
final class AwaitedConnects {
    private static final int MAX = 512;

    /** Of one block of addresses, so that one client leaves room for others. */
    private static final int MAX_OF_BLOCK = 64;

    /** @param isOver whether it has connected, or ended */
    private record Awaited(BooleanSupplier isOver, String block) {}

    private final List<Awaited> awaited = new ArrayList<>();

    /** Whether one more may be opened from that address. */
    synchronized boolean hasRoom(String address) {
        awaited.removeIf(each -> each.isOver().getAsBoolean());
        String block = AddressBlock.of(address);
        return awaited.size() < MAX
                && awaited.stream().filter(each -> each.block().equals(block)).count() < MAX_OF_BLOCK;
    }

    /**
     * One was opened.
     *
     * @param isOver whether it has connected, or ended
     */
    synchronized void add(String address, BooleanSupplier isOver) {
        awaited.add(new Awaited(isOver, AddressBlock.of(address)));
    }
}
