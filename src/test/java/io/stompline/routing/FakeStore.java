package io.stompline.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A store of 100 octets to which a test gives its content; it tells nothing before. One thread. */
public final class FakeStore implements BrokerStore {
    private static final long MAX = 100;

    private final Map<Destination, Long> bytes = new HashMap<>();
    private Optional<Fill> fill = Optional.empty();
    private Optional<Set<String>> durableNames = Optional.empty();

    /** It is that full. */
    public FakeStore percent(int percent) {
        fill = Optional.of(new Fill(percent, MAX, 0, 0));
        return this;
    }

    /** A destination holds so much. */
    public FakeStore holds(Destination destination, long octets) {
        bytes.put(destination, octets);
        return this;
    }

    /** There are these durable subscriptions. */
    public FakeStore durables(String... names) {
        durableNames = Optional.of(Set.of(names));
        return this;
    }

    @Override
    public Optional<Fill> fill() {
        return fill;
    }

    @Override
    public OptionalLong bytesIn(Destination destination) {
        return fill.isEmpty() ? OptionalLong.empty() : OptionalLong.of(bytes.getOrDefault(destination, 0L));
    }

    @Override
    public Optional<Set<String>> durableNames() {
        return durableNames;
    }
}
