package io.stompline.jms.provider;

import java.util.List;
import java.util.Optional;

/**
 * The rules for a message broker that is not known: Jakarta Messaging promises no wildcards and says nothing of names
 * and sizes.
 *
 * <p>So names are Java identifiers with dots, and sizes are the smallest that were seen, which are OpenMQ's. It may be
 * OpenMQ that is behind a connection factory, so the names of its own stay reserved.
 */
public final class PortableDialect implements ProviderDialect {
    private final ProviderDialect strictest = new OpenMqDialect();

    @Override
    public boolean holds(char character, boolean first) {
        return strictest.holds(character, first);
    }

    @Override
    public Optional<String> pattern(List<String> words) {
        return Optional.empty();
    }

    @Override
    public boolean isReserved(String jmsName) {
        return strictest.isReserved(jmsName);
    }

    @Override
    public Optional<String> nameFault(String jmsName) {
        return strictest.nameFault(jmsName);
    }

    @Override
    public int maxPropertyBytes() {
        return strictest.maxPropertyBytes();
    }

    @Override
    public int maxFieldBytes() {
        return strictest.maxFieldBytes();
    }

    @Override
    public int maxDestinationsPerProducer() {
        return strictest.maxDestinationsPerProducer();
    }

    /** Refuses only selectors that the standard does not allow either. */
    @Override
    public Optional<String> selectorFault(String selector) {
        return strictest.selectorFault(selector);
    }

    /** A closed session marks messages that it gives back (Jakarta Messaging 3.1, 4.4.11). */
    @Override
    public boolean recoversBeforeClose() {
        return false;
    }
}
