package io.stompline.jms;

import jakarta.jms.JMSException;

/** A running consumer of {@link PumpSessions}. Thread-safe. */
final class PumpConsumer {
    private final JmsStep listeningAgain;
    private final JmsStep ending;

    PumpConsumer(JmsStep listeningAgain, JmsStep ending) {
        this.listeningAgain = listeningAgain;
        this.ending = ending;
    }

    /** The same, with one more thing to do at its end. */
    PumpConsumer endingWith(JmsStep last) {
        return new PumpConsumer(listeningAgain, () -> {
            ending.run();
            last.run();
        });
    }

    /** See {@link JmsProvider#listenAgain}. */
    void listenAgain() throws JMSException {
        listeningAgain.run();
    }

    /** Ends it; waits for its listener. */
    void stop() throws JMSException {
        ending.run();
    }
}
