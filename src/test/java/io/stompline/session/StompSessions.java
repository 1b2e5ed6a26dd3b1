package io.stompline.session;

import io.stompline.threads.SerialLane;
import java.time.Duration;

/** Sessions without a socket, for tests of other packages. Anybody logs in with the name as passcode. */
public final class StompSessions {
    private final TestNode node = new TestNode();

    /** The session of a connection that was just opened. */
    public StompSession open(SerialLane lane) {
        return node.session(new FakeWire(), lane);
    }

    /** Lets time pass, without a tick. */
    public void pass(Duration time) {
        node.clock.pass(time);
    }
}
