package io.stompline.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Deflation;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.opening.Messages;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DirectSenderTest {
    private static final int MAX_BYTES = 1_000;
    private static final Broadcast SMALL = new Broadcast(Messages.message("hi"));
    private static final Broadcast LARGE = new Broadcast(Messages.message("x".repeat(MAX_BYTES)));

    private final AckLedger ledger = new AckLedger(2);
    private final List<String> overflows = new ArrayList<>();

    /** What the client does when a message is sent to it. */
    private Runnable receive = () -> {};

    private int counted;

    private final Outbox outbox = new Outbox(
            new ReadingWire(),
            Runnable::run,
            new OutboxBudget(MAX_BYTES),
            new SessionLimits.OutboxLimits(MAX_BYTES, MAX_BYTES, false, Duration.ofSeconds(10)),
            overflows::add,
            new Metrics(),
            () -> 0);

    private final DirectSender sender = sender();

    @Test
    void ackLedger_clientModeQueued_hasTheMessageWhenTheClientGetsIt() {
        List<String> acknowledged = new ArrayList<>();
        receive = () -> acknowledged.addAll(ledger.take("1-1", false).keySet());
        sender.send(SMALL, Headers.none());
        assertThat(acknowledged).containsExactly("1-1");
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void ackLedger_noRoomInTheOutbox_doesNotHaveTheMessage() {
        sender.send(SMALL, Headers.none());
        sender.send(LARGE, Headers.none());
        assertThat(overflows).singleElement().asString().contains("stompline.outbox.max-bytes");
        assertThat(ledger.take("1-2", true).keySet()).containsExactly("1-1");
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void ackLedger_connectionEnds_doesNotHaveTheMessage() {
        outbox.finish(List.of(), true, CloseStatus.NORMAL, "", Duration.ZERO);
        sender.send(SMALL, Headers.none());
        assertThat(ledger.take("1-1", false)).isEmpty();
        assertThat(overflows).isEmpty();
        assertThat(counted).isZero();
    }

    @Test
    void ackLedger_full_endsTheConnection() {
        sender.send(SMALL, Headers.none());
        sender.send(SMALL, Headers.none());
        sender.send(SMALL, Headers.none());
        assertThat(overflows).singleElement().asString().contains("more than 2 unacknowledged messages");
        assertThat(counted).isEqualTo(2);
    }

    private DirectSender sender() {
        SubscriptionTerms terms = new SubscriptionTerms(
                Optional.of("s"),
                Destination.topic("t"),
                AckMode.CLIENT,
                Set.of(),
                false,
                Optional.empty(),
                false,
                OverflowPolicy.CLOSE,
                Instant.EPOCH);
        return new DirectSender(
                new Client(), outbox, terms, new MessageFrames(Version.V1_2, terms, 1, Deflation.NONE), ledger);
    }

    private final class Client implements Subscription.Owner {
        @Override
        public Version version() {
            return Version.V1_2;
        }

        @Override
        public String sessionId() {
            return "session";
        }

        @Override
        public String userName() {
            return "ann";
        }

        @Override
        public void countMessage() {
            counted++;
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public void whenMuchRoom(Runnable task) {
            outbox.whenMuchRoom(task);
        }

        @Override
        public void slow(String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void overflowed(String detail) {
            overflows.add(detail);
        }

        @Override
        public BooleanSupplier challenge() {
            return () -> true;
        }
    }

    /** Gives each message to the client at once, and never has room again. */
    private final class ReadingWire implements Wire {
        @Override
        public void send(List<WireMessage> messages, Consumer<Boolean> done) {
            receive.run();
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseStatus status, String reason) {}
    }
}
