package io.stompline.session.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.config.Setting;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.session.protocol.ClientFrame;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitedSubscribesTest {
    private static final ClientFrame.HeaderLimits LIMITS = new ClientFrame.HeaderLimits(
            Map.of(Setting.HEADER_MAX_DESTINATION_CHARS, 64, Setting.HEADER_MAX_ID_CHARS, 32));

    private final AtomicBoolean available = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger clockRead = new AtomicInteger();
    private final AwaitedSubscribes awaited = new AwaitedSubscribes(this::ask, Duration.ofSeconds(30), this::readClock);

    private boolean ask() {
        asked.incrementAndGet();
        return available.get();
    }

    private long readClock() {
        clockRead.incrementAndGet();
        return 0;
    }

    @Test
    void outage_tick_asksForTheMessageBrokerOnceHoweverManyWait() {
        awaited.add(subscribe("1"));
        awaited.add(subscribe("2"));
        awaited.add(subscribe("3"));
        asked.set(0);
        clockRead.set(0);
        assertThat(awaited.isDue()).isFalse();
        assertThat(asked).hasValue(1);
        assertThat(clockRead).hasValue(0);
        available.set(true);
        assertThat(awaited.isDue()).isTrue();
    }

    @Test
    void outage_tickWhileTheFirstWaitsForSomethingElse_asksForThatAlone() {
        awaited.add(subscribe("1"));
        available.set(true);
        awaited.tryDue(frame -> Optional.of(() -> false));
        asked.set(0);
        assertThat(awaited.isDue()).isFalse();
        assertThat(asked).hasValue(0);
    }

    private static ClientFrame subscribe(String id) {
        Frame frame = Frame.of(Command.SUBSCRIBE, Headers.of("id", id, "destination", "/topic/a"));
        return new ClientFrame(frame, Version.V1_2, LIMITS);
    }
}
