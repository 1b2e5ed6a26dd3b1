package io.stompline.inbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What clients are not told yet, by address, in the order in which it came. Thread-safe; does not block.
 *
 * <p>Bounded while the message broker is slow: of too many ids the number of messages is told alone, and of too many
 * addresses nothing, unless somebody asks.
 */
final class UntoldNews {
    static final int MAX_IDS = 100_000;
    static final int MAX_ADDRESSES = 100_000;

    private final Map<Address, OfAddress> byAddress = new LinkedHashMap<>();
    private int ids;
    private boolean planned;
    private boolean closed;

    private static final class OfAddress {
        private final List<Long> deleted = new ArrayList<>();

        /** Who asks how many messages there are, as long as they are open: a client may ask anything. */
        private final Set<Box> asking = new HashSet<>();

        /** Whether the number has changed, whoever asks. */
        private boolean changed;

        /** Whether something came since it was {@link #next}. */
        private boolean fresh;
    }

    /**
     * What to tell.
     *
     * @param deleted ids in order
     */
    record Item(Address address, List<Long> deleted) {}

    /** A message is deleted. Returns whether the caller has to plan a run, which nobody has done yet. */
    synchronized boolean deleted(Address address, long id) {
        changed(address).filter(news -> ids < MAX_IDS).ifPresent(news -> {
            news.deleted.add(id);
            ids++;
        });
        return plan();
    }

    /** Messages were added. Returns as {@link #deleted}. */
    synchronized boolean added(Address address) {
        changed(address);
        return plan();
    }

    private Optional<OfAddress> changed(Address address) {
        if (closed || (byAddress.size() >= MAX_ADDRESSES && !byAddress.containsKey(address))) {
            return Optional.empty();
        }
        OfAddress news = news(address);
        news.changed = true;
        return Optional.of(news);
    }

    private OfAddress news(Address address) {
        OfAddress news = byAddress.computeIfAbsent(address, first -> new OfAddress());
        news.fresh = true;
        return news;
    }

    /** Somebody asks how many messages there are at an address. Returns as {@link #deleted}. */
    synchronized boolean ask(Box box, Address address) {
        if (!closed) {
            news(address).asking.add(box);
        }
        return plan();
    }

    /** Who asked is gone. */
    synchronized void forget(Box box) {
        box.address()
                .toldAbout()
                .ifPresent(address -> byAddress.computeIfPresent(address, (same, news) -> {
                    news.asking.remove(box);
                    return news.asking.isEmpty() && !news.changed ? null : news;
                }));
    }

    private boolean plan() {
        boolean isFirst = !planned && !closed;
        planned = true;
        return isFirst;
    }

    /** There is nothing to tell any more. */
    synchronized void close() {
        closed = true;
        byAddress.clear();
    }

    /** What came first, until it is {@link #taken}. If there is nothing, the next that comes has to plan. */
    synchronized Optional<Item> next() {
        Optional<Map.Entry<Address, OfAddress>> first =
                byAddress.entrySet().stream().findFirst();
        planned = first.isPresent();
        first.ifPresent(entry -> entry.getValue().fresh = false);
        return first.map(entry -> new Item(entry.getKey(), List.copyOf(entry.getValue().deleted)));
    }

    /**
     * Takes out what will be told now; what came to the same address meanwhile is behind the others.
     *
     * @return whether anybody still wants it
     */
    synchronized boolean taken(Item item) {
        Optional<OfAddress> known = Optional.ofNullable(byAddress.remove(item.address()));
        known.ifPresent(news -> {
            news.deleted.subList(0, item.deleted().size()).clear();
            ids -= item.deleted().size();
            if (news.fresh) {
                byAddress.put(item.address(), news);
            }
        });
        return known.isPresent();
    }
}
