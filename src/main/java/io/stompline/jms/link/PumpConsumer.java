package io.stompline.jms.link;

import jakarta.jms.JMSException;

/** A running consumer of {@link PumpSessions}. Thread-safe. */
public final class PumpConsumer implements LinkSlot.Occupant {
    private final JmsStep listeningAgain;
    private final JmsStep ending;

    /**
     * A running consumer.
     *
     * @param listeningAgain see {@link LinkSlot.Occupant#listenAgain}
     * @param ending closes it and waits for its listener
     */
    public PumpConsumer(JmsStep listeningAgain, JmsStep ending) {
        this.listeningAgain = listeningAgain;
        this.ending = ending;
    }

    /** The same, with one more thing to do at its end. */
    public PumpConsumer endingWith(JmsStep last) {
        return new PumpConsumer(listeningAgain, () -> {
            ending.run();
            last.run();
        });
    }

    @Override
    public void listenAgain() throws JMSException {
        listeningAgain.run();
    }

    /** Its listener does not wait. */
    @Override
    public void release() {
        // Nobody to release.
    }

    @Override
    public void close() throws JMSException {
        ending.run();
    }
}
