package io.stompline.session;

import io.stompline.security.Admission;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.threads.SerialLane;
import java.time.Duration;

/** Sessions over an in-memory bus, for tests of other packages. Anybody logs in with the name as passcode. */
public final class StompSessions {
    private final TestNode node = new TestNode();

    /** The session of a connection that was just opened, on a transport that takes everything. */
    public StompSession open(SerialLane lane) {
        return node.session(new FakeWire(), lane);
    }

    /** The session of a connection that was just opened. */
    public StompSession open(Handshake handshake, Wire wire, SerialLane lane) {
        return node.session(handshake, wire, lane);
    }

    /** Lets time pass, without a tick. */
    public void pass(Duration time) {
        node.clock.pass(time);
    }

    /** Lets the bus deliver what was published. */
    public void deliver() {
        node.deliveries.runAll();
    }

    /** An application publishes beside the sessions. */
    public void publish(String destination, String body) {
        node.publish(destination, body);
    }

    /** Octets that wait in all outboxes. */
    public long waitingBytes() {
        return node.budget.bytes();
    }

    /** The limits of connections, of which there are none. */
    public Admission admission() {
        return node.admission;
    }
}
