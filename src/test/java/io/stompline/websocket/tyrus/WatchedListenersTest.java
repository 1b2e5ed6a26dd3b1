package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedListenersTest {
    private final FakeServer server = new FakeServer();
    private final FakeServer.GrizzlyConnection connection = server.connection;
    private final FakeListener listener = connection.listener;
    private final LogLines log = new LogLines(WatchedListeners.class);
    private long nanos;
    private final WatchedListeners watched = new WatchedListeners(new AdaptationReport(), () -> nanos);
    private final List<Runnable> later = new ArrayList<>();
    private int counted;

    @BeforeEach
    void watch() throws Exception {
        watched.count(() -> counted++);
        watched.add(GrizzlySocket.of(server.request()), (delay, task) -> {
            assertThat(delay).isBetween(Duration.ofMillis(1), HeaderDeadline.LIMIT.plusMillis(1));
            later.add(task);
        });
        listener.hit(connection);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void headerDeadline_headerWithoutEnd_closesTheConnectionInTime() {
        listener.data(connection);
        assertThat(later).as("silence the server ends").isEmpty();
        listener.data(connection);
        listener.data(connection);
        assertThat(later).hasSize(1);
        assertThat(connection.terminated).isFalse();
        runLater();
        assertThat(connection.terminated).isTrue();
        assertThat(counted).isEqualTo(1);
        assertThat(log.warnings()).singleElement().asString().contains("header for 30 s");
    }

    @Test
    void headerDeadline_headerThatEnds_isInTimeWhateverFollows() {
        listener.data(connection);
        listener.data(connection);
        listener.header(connection);
        listener.data(connection);
        listener.data(connection);
        runLater();
        assertThat(later).isEmpty();
        assertThat(connection.terminated).isFalse();
    }

    /** It came after the header, with the handshake that the application is called for. */
    @Test
    void headerDeadline_connectionWithWhichTheWatchBegan_isAWebSocketAlready() throws Exception {
        FakeServer fresh = new FakeServer();
        List<Runnable> planned = new ArrayList<>();
        new WatchedListeners(new AdaptationReport(), () -> nanos)
                .add(GrizzlySocket.of(fresh.request()), (delay, task) -> planned.add(task));
        for (int i = 0; i < 5; i++) {
            fresh.connection.listener.data(fresh.connection);
        }
        assertThat(planned).isEmpty();
    }

    /** Pages come back at once after a deployment: the headers of several are whole before the watch begins. */
    @Test
    void headerDeadline_handshakeDuringWhichTheWatchBegan_isAWebSocketAlready() throws Exception {
        listener.data(connection);
        listener.data(connection);
        watched.add(GrizzlySocket.of(server.request()), (delay, task) -> later.add(task));
        runLater();
        listener.data(connection);
        listener.data(connection);
        assertThat(later).isEmpty();
        assertThat(connection.terminated).isFalse();
    }

    @Test
    void headerDeadline_furtherRequest_hasOneOfItsOwn() {
        listener.data(connection);
        listener.data(connection);
        listener.header(connection);
        listener.hit(connection);
        listener.data(connection);
        runLater();
        assertThat(connection.terminated).isFalse();
        listener.data(connection);
        runLater();
        assertThat(connection.terminated).isTrue();
    }

    @Test
    void headerDeadline_twoApplications_bothCloseTheConnection() throws Exception {
        WatchedListeners other = new WatchedListeners(new AdaptationReport(), () -> nanos);
        other.add(GrizzlySocket.of(server.request()), (delay, task) -> later.add(task));
        listener.hit(connection);
        for (int i = 0; i < 5; i++) {
            listener.data(connection);
        }
        assertThat(later).hasSize(2);
        runLater();
        assertThat(connection.terminated).isTrue();
    }

    @Test
    void headerDeadline_timerOfAnApplicationThatEnds_closesNothingBeforeItsTime() {
        listener.data(connection);
        listener.data(connection);
        later.remove(0).run();
        assertThat(connection.terminated).isFalse();
    }

    @Test
    void headerDeadline_applicationHasEnded_watchesNoFurtherListener() throws Exception {
        watched.removeAll();
        watched.add(GrizzlySocket.of(server.request()), (delay, task) -> later.add(task));
        assertThat(listener.probes()).isZero();
    }

    @Test
    void headerDeadline_listener_isWatchedOnceAndLeftAsItWas() throws Exception {
        int probes = listener.probes();
        watched.add(GrizzlySocket.of(server.request()), (delay, task) -> later.add(task));
        assertThat(listener.probes()).isEqualTo(probes).isEqualTo(2);
        watched.removeAll();
        assertThat(listener.probes()).isZero();
    }

    private void runLater() {
        nanos += HeaderDeadline.LIMIT.toNanos();
        later.remove(0).run();
    }
}
