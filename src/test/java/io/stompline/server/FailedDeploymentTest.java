package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class FailedDeploymentTest {
    private static final String BEGIN = "Exception while loading the app : ";

    /** What is left of a line of Payara's. */
    private static String shortened(String line) {
        LogRecord entry = new LogRecord(Level.SEVERE, line);
        FailedDeployment.shorten(entry);
        return entry.getMessage();
    }

    @Test
    void reason_repeated_isToldOnce() {
        String reason = "com.example.Priv.priv must be neither private nor static";
        assertThat(shortened(BEGIN + "CDI deployment failure:" + reason + " -- " + reason))
                .isEqualTo("Not deployed: " + reason);
        assertThat(FailedDeployment.reason()).contains(reason);
    }

    @Test
    void reasons_several_areTheirSentencesWithoutStackTraces() {
        String list = """
                Exception List with 2 exceptions:
                Exception 0 :
                jakarta.enterprise.inject.spi.DeploymentException: A.a and B.b both handle /app/a
                \tat io.stompline.beans.handler.HandlerExtension.check(HandlerExtension.java:57)
                Exception 1 :
                jakarta.enterprise.inject.spi.DeploymentException: B.c must be neither private nor static
                \tat io.stompline.beans.handler.HandlerExtension.check(HandlerExtension.java:57)
                """;
        assertThat(shortened(BEGIN + "CDI deployment failure:" + list + " -- " + list))
                .isEqualTo("Not deployed: A.a and B.b both handle /app/a; B.c must be neither private nor static");
    }

    @Test
    void reason_ofSeveralLines_endsBeforeTheStackTrace() {
        String faults = "\nMETA-INF/stompline.rules:1: \"alow\" must be allow or deny\nMETA-INF/stompline.rules:2: no";
        assertThat(shortened(BEGIN + "CDI deployment failure:" + faults + " -- " + faults))
                .isEqualTo("Not deployed: " + faults.strip());
        assertThat(shortened(BEGIN + "CDI deployment failure:WELD-001408: no bean\n\tat a.B.c(B.java:1)"))
                .isEqualTo("Not deployed: WELD-001408: no bean");
    }

    @Test
    void reason_ofAStartThatFailed_comesFromTheLineBefore() {
        LogRecord before = new LogRecord(Level.SEVERE, "Exception during lifecycle processing");
        before.setThrown(
                new Exception(
                        "java.lang.IllegalStateException: ContainerBase.addChild: start:"
                                + " org.apache.catalina.LifecycleException: java.lang.IllegalArgumentException: wrong settings: a.b must be"));
        FailedDeployment.shorten(before);
        assertThat(shortened("Exception while loading the app")).isEqualTo("Not deployed: wrong settings: a.b must be");
        assertThat(FailedDeployment.reason()).contains("wrong settings: a.b must be");
    }

    @Test
    void refusal_ofStompline_isToldByTheLastLineOnly() {
        Exception refusal = new IllegalArgumentException("\nx.rules:1: \"alow\" must be allow or deny");
        Exception nested = new Exception("start failed", refusal);
        Exception repeated = new Exception("java.lang.IllegalArgumentException: " + refusal.getMessage());
        assertThat(isShown("ContainerBase.addChild: start: ", nested)).isFalse();
        assertThat(isShown("Exception while invoking the start method", repeated))
                .isFalse();
        assertThat(isShown("Exception during lifecycle processing", repeated)).isFalse();
        assertThat(isShown("another fault", new Exception("of a pool"))).isTrue();
        assertThat(shortened("Exception while loading the app"))
                .isEqualTo("Not deployed: x.rules:1: \"alow\" must be allow or deny");
    }

    @Test
    void exception_ofTheApplication_keepsItsStackTrace() {
        Exception fault = new IllegalArgumentException("no such shop");
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Start", "go", "Start.java", 7)});
        assertThat(isShown("ContainerBase.addChild: start: ", fault)).isTrue();
        assertThat(isShown("ContainerBase.addChild: start: ", new IllegalStateException("a bug of Stompline")))
                .isTrue();
    }

    private static boolean isShown(String line, Exception thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, line);
        entry.setThrown(thrown);
        return FailedDeployment.shorten(entry);
    }

    @Test
    void lines_others_areLeftAlone() {
        assertThat(shortened("Exception while loading the app")).isEqualTo("Exception while loading the app");
        assertThat(shortened(BEGIN)).isEqualTo(BEGIN);
        assertThat(FailedDeployment.reason()).isEmpty();
    }
}
