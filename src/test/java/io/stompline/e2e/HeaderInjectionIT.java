package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that somebody puts into a header becomes another header or another frame for somebody else. */
@ExtendWith(Bridge.Shared.class)
class HeaderInjectionIT {
    private static final String EVIL = "a\nevil:1\r\nevil:2\n\nbody\0MESSAGE\nevil:3\n\n\0";

    private final String name = Bridge.freshName();
    private final Bridge bridge;
    private JMSContext application;

    HeaderInjectionIT(Bridge bridge) {
        this.bridge = bridge;
    }

    @BeforeEach
    void connect() throws Exception {
        application = bridge.application();
    }

    @AfterEach
    void disconnect() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void header_controlCharactersOfJms_makeNoOtherHeader(String version) throws Exception {
        try (RawClient browser = subscribed(version)) {
            TextMessage message = application.createTextMessage("the body");
            message.setStringProperty("colour", EVIL);
            message.setStringProperty("cr", "a\revil:4");
            message.setStringProperty("lf", "a\nevil:5");
            message.setStringProperty("stompline_content_type", "text/plain\nevil:6");
            message.setJMSType("t\nevil:7\n\nbody");
            message.setJMSCorrelationID("c\r\nevil:8\n\nbody");
            application.createProducer().send(application.createTopic(name), message);
            application.createProducer().send(application.createTopic(name), "next");

            assertUnharmed(ReceivedFrame.next(browser), "the body");
            assertUnharmed(ReceivedFrame.next(browser), "next");
        }
    }

    /** A property's name is written with escapes, so it can stand for any header name. */
    @ParameterizedTest
    @CsvSource({
        "1.0, content$002dlength",
        "1.0, content$002dlength$0000",
        "1.1, content$002dlen$000agth",
        "1.1, content$002dlength$0000",
        "1.2, content$002dlen$000dgth",
        "1.2, content$002dlen$000agth",
        "1.2, content$002dlength$0000"
    })
    void header_propertyNamedLikeContentLength_makesNoOtherFrame(String version, String property) throws Exception {
        try (RawClient browser = subscribed(version)) {
            TextMessage message = application.createTextMessage("the body");
            message.setStringProperty(property, "1");
            application.createProducer().send(application.createTopic(name), message);

            assertUnharmed(ReceivedFrame.next(browser), "the body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void header_controlCharactersOfABrowser_makeNoOtherHeader(String version) throws Exception {
        try (RawClient browser = subscribed(version);
                RawClient other = bridge.browser("1.2")) {
            other.send("SEND\ndestination:/topic/" + name
                    + "\ncolour:a\\nevil\\c1\\r\\nevil\\c2\\n\\nbody\n"
                    + "type:t\\nevil\\c3\n\nthe body\0");
            assertUnharmed(ReceivedFrame.next(browser), "the body");
        }
    }

    private RawClient subscribed(String version) throws InterruptedException {
        RawClient browser = bridge.browser(version);
        browser.send("SUBSCRIBE\nid:s\ndestination:/topic/" + name + "\nreceipt:r\n\n\0");
        assertThat(browser.next()).startsWith("RECEIPT\n");
        return browser;
    }

    private void assertUnharmed(ReceivedFrame frame, String body) {
        assertThat(frame.command()).isEqualTo("MESSAGE");
        assertThat(frame.header("destination")).isEqualTo("/topic/" + name);
        assertThat(frame.body()).isEqualTo(body);
        assertThat(frame.headerLines())
                .noneMatch(line -> line.startsWith("evil") || line.isEmpty() || line.contains("\r"));
        assertThat(lengths(frame)).containsExactly("content-length:" + body.length());
    }

    private static List<String> lengths(ReceivedFrame frame) {
        return frame.headerLines().stream()
                .filter(line -> line.startsWith("content-length:"))
                .toList();
    }
}
