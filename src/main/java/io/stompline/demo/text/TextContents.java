package io.stompline.demo.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a text consisted of when it was read. */
record TextContents(List<TextEntry> entries) {
    /** The last number of each client. */
    Map<String, Long> numbers() {
        Map<String, Long> all = new HashMap<>();
        entries.forEach(entry -> entry.numbers().forEach((client, number) -> all.merge(client, number, Math::max)));
        return all;
    }

    List<String> updates() {
        return entries.stream().map(TextEntry::update).toList();
    }

    int octets() {
        return entries.stream().mapToInt(TextEntry::octets).sum();
    }

    /** Whether it goes that far. */
    boolean has(Map<String, Long> numbers) {
        Map<String, Long> own = numbers();
        return numbers.entrySet().stream().allMatch(other -> other.getValue() <= own.getOrDefault(other.getKey(), 0L));
    }

    /** What goes no farther than that. */
    List<TextEntry> coveredBy(Map<String, Long> numbers) {
        return entries.stream().filter(entry -> entry.isCoveredBy(numbers)).toList();
    }

    /** Whether no number is passed over, as it is if somebody removed entries while this was read. */
    boolean isWhole() {
        Map<String, Long> compacted = new HashMap<>();
        Map<String, List<Long>> single = new HashMap<>();
        for (TextEntry entry : entries) {
            entry.numbers().forEach((client, number) -> {
                if (entry.isCompacted()) {
                    compacted.merge(client, number, Math::max);
                } else {
                    single.computeIfAbsent(client, any -> new ArrayList<>()).add(number);
                }
            });
        }
        return single.entrySet().stream()
                .allMatch(of -> follow(compacted.getOrDefault(of.getKey(), 0L), of.getValue()));
    }

    private static boolean follow(long last, List<Long> numbers) {
        long highest = last;
        for (long number : numbers.stream().sorted().toList()) {
            if (number > highest + 1) {
                return false;
            }
            highest = Math.max(highest, number);
        }
        return true;
    }
}
