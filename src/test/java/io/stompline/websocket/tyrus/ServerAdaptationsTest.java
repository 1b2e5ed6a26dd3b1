package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.websocket.stream.FakeSocket;
import io.stompline.websocket.stream.LingeringClose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.Extension;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerAdaptationsTest {
    private static final int ALL = Adaptation.values().length;
    private static final String PONGS = "a client that sends pings and does not read can fill the heap";
    private static final String FRAMES = "a stack trace for each frame that is too large";
    private static final String STREAMS = "a client may get bytes of another";
    private static final String QUEUE = "many such clients can fill the heap";
    private static final String SOCKETS = "clients that do not read can use up the file descriptors";
    private static final String HEADERS = "such clients can use up the file descriptors";
    private static final String ENDS = "outlives its client for a minute";
    private static final String TIMERS = "more than half of the CPU time";

    private final LogLines log = new LogLines(AdaptationReport.class);
    private final ServerAdaptations adaptations = new ServerAdaptations();
    private final FakeServer server = new FakeServer();
    private final List<Runnable> later = new ArrayList<>();

    /** Of another WebSocket implementation. */
    public static final class ForeignUpgrade implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            // Opens nothing.
        }

        @Override
        public void destroy() {
            // Nothing is open.
        }
    }

    @BeforeEach
    void beginAJavaVm() {
        System.clearProperty(AdaptationReport.TOLD);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void adaptations_knownServer_areAllActiveInOneInfoLine() {
        adaptations.install(FakeServer.container(), FakeServer.KNOWN);
        assertThat(log.all())
                .singleElement()
                .asString()
                .matches("12 of 12 adaptations to Tyrus 2\\.1\\.5 and Grizzly .*"
                        + " are active: the bypass of idle timers, .*, the release of handshakes");
        assertThat(log.warnings()).isEmpty();
        assertThat(adaptations.active()).isEqualTo(ALL);
        assertThat(adaptations.missingDefences()).isZero();
    }

    @Test
    void adaptations_nextDeployment_areToldOnlyIfOthersAreActive() {
        adaptations.install(FakeServer.container(), FakeServer.KNOWN);
        new ServerAdaptations().install(FakeServer.container(), FakeServer.KNOWN);
        assertThat(log.all()).hasSize(1);
        new ServerAdaptations().install(Optional.of("a container"), FakeServer.KNOWN);
        assertThat(log.all()).filteredOn(line -> line.startsWith("11 of 12")).hasSize(1);
    }

    @Test
    void adaptations_foreignServer_warnOfEachDefenceOnceWithItsConsequence() {
        adaptations.install(Optional.empty(), FakeServer.FOREIGN);
        assertThat(log.warnings()).hasSize(8).doesNotHaveDuplicates();
        for (String consequence : List.of(FRAMES, PONGS, QUEUE, SOCKETS, STREAMS, HEADERS, ENDS, TIMERS)) {
            assertThat(log.warnings())
                    .filteredOn(line -> line.contains(consequence))
                    .hasSize(1);
        }
        assertThat(log.all())
                .hasSize(ALL + 1)
                .endsWith("0 of 12 adaptations to Tyrus unknown and Grizzly unknown are active");
        assertThat(adaptations.active()).isZero();
        assertThat(adaptations.missingDefences()).isEqualTo(8);
    }

    @Test
    void adaptations_foreignContainer_keepTheOthers() {
        adaptations.install(Optional.of("a container"), FakeServer.KNOWN);
        assertThat(log.warnings()).singleElement().asString().contains(TIMERS);
        assertThat(log.all())
                .filteredOn(line -> line.startsWith("11 of 12"))
                .singleElement()
                .asString()
                .contains("are active: the check of WebSocket frames, ", ", the deadline of HTTP headers, ")
                .doesNotContain("the bypass of idle timers");
        assertThat(adaptations.missingDefences()).isEqualTo(1);
        assertThat(adaptations.active()).isEqualTo(ALL - 1);
    }

    @Test
    void adaptations_foreignUpgradeHandler_warnOnceAndLeaveItAlone() throws Exception {
        installed();
        for (int i = 0; i < 2; i++) {
            HttpUpgradeHandler handler = wrapped(server.request()).upgrade(ForeignUpgrade.class);
            assertThat(handler).isSameAs(server.upgraded).isInstanceOf(ForeignUpgrade.class);
        }
        assertThat(log.warnings()).hasSize(5).allMatch(line -> line.contains("ForeignUpgrade"));
        assertThat(adaptations.missingDefences()).isEqualTo(5);
        assertThat(adaptations.active()).isEqualTo(4);
    }

    @Test
    void adaptations_foreignSocket_countAsMissingUntilAConnectionHasThem() throws Exception {
        installed();
        wrapped(server.foreignRequest()).upgrade(TyrusHttpUpgradeHandler.class);
        wrapped(server.foreignRequest()).upgrade(TyrusHttpUpgradeHandler.class);
        assertThat(log.warnings()).hasSize(3);
        assertThat(adaptations.missingDefences()).isEqualTo(3);
        wrapped(server.request()).upgrade(TyrusHttpUpgradeHandler.class);
        assertThat(adaptations.missingDefences()).isZero();
    }

    @Test
    void adaptations_sessionWithoutUpgrade_warnOnce() {
        installed();
        for (int i = 0; i < 2; i++) {
            var unused = adaptations.writer(FakeServer.session(new TyrusWriterTest.Remote()));
        }
        assertThat(log.warnings()).hasSize(5);
        assertThat(adaptations.missingDefences()).isEqualTo(5);
    }

    @Test
    void adaptations_socketOfAConnection_isLimited() throws Exception {
        installed();
        wrapped(server.request()).upgrade(TyrusHttpUpgradeHandler.class);
        assertThat(server.connection.queueBytes).isEqualTo(128 * 1024);
        assertThat(server.connection.transport.hardLimitFactor).isEqualTo(16_384);
        assertThat(server.output.bufferBytes).isEqualTo(512);
    }

    @Test
    void adaptations_openConnection_forgetsItsHandshake() throws Exception {
        installed();
        TyrusHttpUpgradeHandler handler = opened(new byte[0]);
        assertThat(handler.calls()).containsExactly("init", "preInit null null false");
        server.upgraded.destroy();
        assertThat(handler.calls()).endsWith("destroy");
    }

    @Test
    void adaptations_closedConnection_isAbortedLater() throws Exception {
        installed();
        opened(new byte[0]).opened().close();
        assertThat(server.connection.terminated).isFalse();
        while (!later.isEmpty()) {
            later.remove(0).run();
        }
        assertThat(server.connection.terminated).isTrue();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void adaptations_closedConnection_keepsItsResponseFromOthers() throws Exception {
        installed();
        opened(new byte[0]);
        assertThat(server.response.suspendState).isEqualTo(FakeServer.SuspendState.SUSPENDED);
        server.upgraded.destroy();
        assertThat(server.response.suspendState).isEqualTo(FakeServer.SuspendState.CANCELLED);
    }

    @Test
    void adaptations_closedConnection_isTheOneThatTheContainerCloses() throws Exception {
        installed();
        TyrusHttpUpgradeHandler handler = opened(new byte[0]);
        handler.opened().close();
        handler.opened().close();
        while (!later.isEmpty()) {
            later.remove(0).run();
        }
        assertThat(server.closed).isEqualTo(1);
    }

    @Test
    void adaptations_longAnswer_isBoundedWatchedAndAborted() {
        installed();
        ServerAdaptations.AnswerSocket socket = adaptations.longAnswer(server.request());
        assertThat(server.connection.queueBytes).isEqualTo(128 * 1024);
        socket.noticeEnd(() -> later.add(() -> {}));
        assertThat(server.connection.read).isEqualTo(FakeServer.IoEvent.READ);
        assertThat(later).isEmpty();
        server.connection.closeListener.onClosed();
        assertThat(later).hasSize(1);
        socket.abort();
        assertThat(server.connection.terminated).isTrue();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void adaptations_responseInUseByAnother_isLeftAlone() throws Exception {
        installed();
        opened(new byte[0]);
        server.response.suspendState = FakeServer.SuspendState.NONE;
        server.upgraded.destroy();
        assertThat(server.response.suspendState).isEqualTo(FakeServer.SuspendState.NONE);
    }

    @Test
    void directWriter_foreignSession_isNoneWithOneInfo() throws Exception {
        installed();
        wrapped(server.request()).upgrade(TyrusHttpUpgradeHandler.class);
        Session session = FakeServer.session(StandIn.of(RemoteEndpoint.Async.class, Map.of()));
        assertThat(adaptations.writer(session)).isEmpty();
        assertThat(adaptations.writer(session)).isEmpty();
        assertThat(log.warnings()).isEmpty();
        assertThat(log.all()).hasSize(2).last().asString().contains("the direct writer is not active", "UTF-8");
        assertThat(adaptations.active()).isEqualTo(ALL - 1);
    }

    @Test
    void directWriter_sessionWithExtensions_isNoneWithoutAWord() throws Exception {
        installed();
        wrapped(server.request()).upgrade(TyrusHttpUpgradeHandler.class);
        Extension extension = StandIn.of(Extension.class, Map.of());
        Session session = StandIn.of(Session.class, Map.of("getNegotiatedExtensions", unused -> List.of(extension)));
        assertThat(adaptations.writer(session)).isEmpty();
        assertThat(log.all()).hasSize(1);
        assertThat(adaptations.active()).isEqualTo(ALL);
    }

    private void installed() {
        adaptations.install(FakeServer.container(), FakeServer.KNOWN);
    }

    private HttpServletRequest wrapped(HttpServletRequest request) {
        return adaptations.wrap(request, new LingeringClose.Timing() {
            @Override
            public void later(Duration delay, Runnable task) {
                assertThat(delay).isEqualTo(Duration.ofSeconds(10));
                later.add(task);
            }

            @Override
            public Runnable lingers() {
                return () -> {};
            }
        });
    }

    private TyrusHttpUpgradeHandler opened(byte[] received) throws Exception {
        TyrusHttpUpgradeHandler handler = wrapped(server.request()).upgrade(TyrusHttpUpgradeHandler.class);
        server.upgraded.init(FakeSocket.of(received));
        return handler;
    }
}
