package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RequestFaultsTest {
    private static final String CORE = "jakarta.enterprise.web.core";
    private static final String SERVLETS = "jakarta.enterprise.web";
    private final Throwable badUri = new IllegalArgumentException("bad escape\n%zz");

    private long nanos;
    private final RequestFaults faults = new RequestFaults(() -> nanos);

    @Test
    void requestFaults_malformedRequest_isOneLineWithoutAStackTrace() {
        LogRecord line = unreadable(badUri);
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getThrown()).isNull();
        assertThat(line.getMessage())
                .isEqualTo("a request cannot be read or answered: bad escape?%zz; told once a minute");
    }

    @Test
    void requestFaults_webSocketClientThatHasGone_isOneLine() {
        LogRecord line = line("org.glassfish.tyrus.servlet.TyrusServletWriter", new EOFException());
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getThrown()).isNull();
    }

    @Test
    void requestFaults_codeOfTheServer_isKept() {
        LogRecord line = line("org.glassfish.grizzly.filterchain.DefaultFilterChain", new IOException("bad chunk"));
        line.setMessage("GRIZZLY0013: Exception during FilterChain execution");
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getMessage()).startsWith("GRIZZLY0013: a request cannot be read or answered: bad chunk;");
    }

    @Test
    void requestFaults_clientThatHasGone_isOneLine() {
        LogRecord line = line(SERVLETS, null);
        line.setMessage("""
                StandardWrapperValve[default]: Servlet.service() for servlet default threw exception
                java.io.IOException: Connection is closed
                \tat org.glassfish.grizzly.nio.NIOConnection.assertOpen(NIOConnection.java:427)
                """);
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getMessage())
                .isEqualTo("a request cannot be read or answered: Connection is closed; told once a minute");
    }

    @Test
    void requestFaults_errorPageForAClientThatHasGone_isOneLine() {
        IOException closed = new IOException("Connection is closed");
        closed.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.glassfish.grizzly.nio.NIOConnection", "assertOpen", "NIOConnection.java", 427)
        });
        LogRecord first = line(CORE, closed);
        assertThat(faults.isLoggable(first)).isTrue();
        assertThat(first.getThrown()).isNull();
        assertThat(faults.isLoggable(line(CORE, closed))).isFalse();
    }

    @Test
    void requestFaults_handshakeAtWhatIsNoUri_isOneLine() {
        LogRecord line = line(SERVLETS, null);
        line.setMessage("""
                StandardWrapperValve[default]: Servlet.service() for servlet default threw exception
                java.lang.IllegalArgumentException: Illegal character in path at index 6: /stompEVIL
                \tat java.base/java.net.URI.create(URI.java:906)
                \tat org.glassfish.tyrus.servlet.TyrusServletUpgrade.upgrade(TyrusServletUpgrade.java:160)
                """.replace("EVIL", "\u2028\u001b[2J"));
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getMessage())
                .isEqualTo("a request cannot be read or answered: Illegal character in path at index 6: /stomp??[2J;"
                        + " told once a minute");
    }

    @Test
    void requestFaults_moreOfTheSameKind_areCounted() {
        for (int i = 0; i < 5; i++) {
            assertThat(faults.isLoggable(unreadable(badUri))).isEqualTo(i == 0);
        }
        assertThat(faults.isLoggable(unreadable(new IOException("another kind"))))
                .isTrue();
        nanos += Duration.ofMinutes(1).toNanos();
        LogRecord later = unreadable(badUri);
        assertThat(faults.isLoggable(later)).isTrue();
        assertThat(later.getMessage()).contains("; 4 more of its kind before;");
    }

    @Test
    void requestFaults_faultOfTheServerInARequest_keepsItsStackTrace() {
        LogRecord line = unreadable(new NullPointerException());
        assertThat(faults.isLoggable(line)).isTrue();
        assertThat(line.getThrown()).isNotNull();
    }

    @Test
    void requestFaults_faultOfTheServerOrAnApplication_passesAsItIs() {
        for (LogRecord line : new LogRecord[] {
            line(CORE, new IOException("of a deployment")),
            line(CORE, badUri),
            line(CORE, new NullPointerException()),
            line("io.stompline.app.Stompline", badUri),
            line(SERVLETS, badUri),
            line(SERVLETS, new IOException("of a servlet")),
            line(CORE, null)
        }) {
            Throwable before = line.getThrown();
            assertThat(faults.isLoggable(line)).isTrue();
            assertThat(line.getThrown()).isSameAs(before);
            assertThat(line.getMessage()).isEqualTo("as it was");
        }
    }

    private static LogRecord unreadable(Throwable thrown) {
        LogRecord line = line(CORE, thrown);
        line.setMessage("AS-WEB-CORE-00037");
        return line;
    }

    private static LogRecord line(String logger, Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, "as it was");
        line.setLoggerName(logger);
        line.setThrown(thrown);
        return line;
    }
}
