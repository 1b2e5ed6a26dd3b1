package io.stompline.jms;

import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.Destination;
import java.util.List;
import java.util.Optional;

/**
 * The rules of ActiveMQ Artemis, as its manual says ("Understanding the Wildcard Syntax", "Fully Qualified Queue
 * Names", address parameters): {@code *} is one word, {@code #} any number, and nearly every character may stand in a
 * word. Shows that the seam to dialects holds.
 */
final class ArtemisDialect implements ProviderDialect {
    static final int MAX_FIELD_BYTES = 20;

    @Override
    public boolean holds(char character, boolean first) {
        return ".*#:?".indexOf(character) < 0;
    }

    @Override
    public Optional<String> pattern(List<String> words) {
        return Optional.of(String.join(
                ".",
                words.stream()
                        .map(word -> word.equals(Destination.MANY) ? "#" : word)
                        .toList()));
    }

    @Override
    public boolean isReserved(String jmsName) {
        return jmsName.startsWith("activemq.") || jmsName.startsWith("$.artemis");
    }

    @Override
    public Optional<String> nameFault(String jmsName) {
        return Optional.empty();
    }

    @Override
    public int maxPropertyBytes() {
        return Integer.MAX_VALUE;
    }

    /** Far less than Artemis takes: so it can be told from OpenMQ's. */
    @Override
    public int maxFieldBytes() {
        return MAX_FIELD_BYTES;
    }

    @Override
    public int maxDestinationsPerProducer() {
        return 2;
    }

    @Override
    public Optional<String> selectorFault(String selector) {
        return selector.contains("XPATH") ? Optional.of("XPath is not for clients") : Optional.empty();
    }

    @Override
    public boolean recoversBeforeClose() {
        return false;
    }
}
