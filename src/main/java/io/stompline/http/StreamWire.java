package io.stompline.http;

import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends the frames of a session as one answer that goes on. Thread-safe. */
final class StreamWire implements Wire {
    private final Exchange exchange;
    private final Supplier<Runnable> closing;
    private volatile Runnable pingTaken = () -> {};

    /**
     * A wire that writes to an answer.
     *
     * @param closing notes that it is being closed; what it gives is run when it is closed
     */
    StreamWire(Exchange exchange, Supplier<Runnable> closing) {
        this.exchange = exchange;
        this.closing = closing;
    }

    /** Has a task run when a ping could be written: clients may answer it by a request, and need not. */
    void onPing(Runnable task) {
        pingTaken = task;
    }

    @Override
    public void send(List<WireMessage> messages, Consumer<Boolean> done) {
        exchange.write(Events.of(messages), done);
    }

    @Override
    public void ping() {
        exchange.write(Events.ping(), taken -> {
            if (taken) {
                pingTaken.run();
            }
        });
    }

    @Override
    public void close(CloseStatus status, String reason) {
        Runnable closed = closing.get();
        exchange.write(Events.close(status, reason), taken -> closed.run());
        exchange.end();
    }
}
