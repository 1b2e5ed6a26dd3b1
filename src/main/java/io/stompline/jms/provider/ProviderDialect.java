package io.stompline.jms.provider;

import io.stompline.routing.Destination;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one message broker for names, sizes and selectors, where Jakarta Messaging leaves them open. Immutable.
 *
 * <p>A JMS name is the words of a STOMP destination, separated by dots. Characters that {@link #holds} denies are
 * escaped, so that every STOMP name has a JMS name of its own.
 */
public interface ProviderDialect {
    /**
     * Whether a character may stand in a word of a JMS name. {@code $} always may, {@code 0-9a-f} may but for the first
     * place: escapes are made of them. The dot may not.
     *
     * @param first whether the character begins the name
     */
    boolean holds(char character, boolean first);

    /**
     * The JMS name by which a consumer gets every topic that a pattern matches, and maybe more.
     *
     * @param words escaped words, and {@link Destination#ONE} and {@link Destination#MANY} for themselves
     * @return empty if the message broker has no wildcards
     */
    Optional<String> pattern(List<String> words);

    /**
     * Whether a name belongs to the message broker: no client sends or subscribes to it, and no pattern brings messages
     * of it.
     *
     * @param jmsName a JMS name, or the JMS form of a pattern
     */
    boolean isReserved(String jmsName);

    /**
     * Why the message broker could not take a name that is written with the right characters.
     *
     * @return a sentence for the client; empty if it can take the name
     */
    Optional<String> nameFault(String jmsName);

    /** The longest value of a string property, in octets of modified UTF-8. */
    int maxPropertyBytes();

    /** The longest value of a header field of JMS, in octets of modified UTF-8. */
    int maxFieldBytes();

    /** Number of destinations after which a producer is closed and replaced. */
    int maxDestinationsPerProducer();

    /**
     * Why the message broker would stumble over a selector instead of refusing it.
     *
     * @return a sentence for the client; empty if it would not
     */
    Optional<String> selectorFault(String selector);

    /**
     * Whether a session that is closed gives messages back without the mark of redelivery unless it is recovered first.
     */
    boolean recoversBeforeClose();
}
