package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What several publishers sent, which of it had its receipt, and what came out again. A message is called {@code
 * publisher-number}. Thread-safe.
 */
public final class Ledger {
    private final Set<String> receipted = new LinkedHashSet<>();
    private final List<String> delivered = new ArrayList<>();

    public synchronized void receipted(String message) {
        receipted.add(message);
    }

    public synchronized void delivered(String message) {
        delivered.add(message);
    }

    public synchronized int receipts() {
        return receipted.size();
    }

    /** Whether everything that had a receipt has come out. */
    public synchronized boolean isComplete() {
        return new LinkedHashSet<>(delivered).containsAll(receipted);
    }

    public synchronized void assertNothingIsLost() {
        assertThat(new LinkedHashSet<>(delivered))
                .as("what had a receipt was delivered")
                .containsAll(receipted);
    }

    /** Each publisher's messages came in their order, a message that came twice where it came first. */
    public synchronized void assertOrderIsKept() {
        Map<String, Integer> last = new HashMap<>();
        for (String message : new LinkedHashSet<>(delivered)) {
            String[] parts = message.split("-", 2);
            int number = Integer.parseInt(parts[1]);
            assertThat(number)
                    .as("%s after %s of the same publisher in %s", message, last.get(parts[0]), delivered)
                    .isGreaterThan(last.getOrDefault(parts[0], -1));
            last.put(parts[0], number);
        }
    }

    /** What came out, in its order. */
    public synchronized List<String> delivered() {
        return List.copyOf(delivered);
    }

    /** What came more than once. */
    public synchronized List<String> duplicates() {
        Map<String, Long> counts =
                delivered.stream().collect(Collectors.groupingBy(message -> message, Collectors.counting()));
        return counts.keySet().stream()
                .filter(message -> counts.get(message) > 1)
                .sorted()
                .toList();
    }

    /** How often something came that had come before. */
    public synchronized int surplus() {
        return delivered.size() - new LinkedHashSet<>(delivered).size();
    }
}
