package io.stompline.jms.link;

import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.JMSException;

/** A running consumer of {@link PumpSessions}. Thread-safe. */
public final class PumpConsumer {
    private final JmsStep listeningAgain;
    private final JmsStep ending;

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

    /** See {@link JmsProvider#listenAgain}. */
    public void listenAgain() throws JMSException {
        listeningAgain.run();
    }

    /** Ends it; waits for its listener. */
    public void stop() throws JMSException {
        ending.run();
    }
}
