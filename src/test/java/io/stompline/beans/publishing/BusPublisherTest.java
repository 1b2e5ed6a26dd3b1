package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.api.PublishOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusPublisherTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "greetings; it must begin with /topic/, /queue/, /app/, /user/, /temp-queue/ or" + " /presence/topic/",
                "/topics/greetings; it must begin with /topic/, /queue/, /app/, /user/, /temp-queue/ or"
                        + " /presence/topic/",
                "/topic/*; messages are published to one, not to a pattern"
            })
    void publish_noDestination_saysWhatIsWrong(String destination, String reason) {
        assertThatThrownBy(() -> new BusPublisher().publish(destination, "hello", PublishOptions.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a destination: '" + destination + "'; " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/queue/alerts", "/user/bob/queue/alerts"})
    void publish_toAUser_namesTheMethodThatDoes(String destination) {
        assertThatThrownBy(() -> new BusPublisher().publish(destination, "hello", PublishOptions.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("messages are published to /topic/… and /queue/…, not to " + destination
                        + ": publishToUser reaches all tabs of a user, publishToSession one");
    }

    @Test
    void publish_nullReceiver_saysWhichIsNull() {
        BusPublisher publisher = new BusPublisher();
        assertThatNullPointerException()
                .isThrownBy(() -> publisher.publish(null, "hello", PublishOptions.NONE))
                .withMessage("the destination that a message is published to is null");
        assertThatNullPointerException()
                .isThrownBy(() -> publisher.publishToUser(null, "/user/queue/alerts", "hello", PublishOptions.NONE))
                .withMessage("the user that a message is published to is null");
        assertThatNullPointerException()
                .isThrownBy(() -> publisher.publishToSession(null, "/user/queue/alerts", "hello", PublishOptions.NONE))
                .withMessage("the session that a message is published to is null");
    }

    @Test
    void kept_noUser_isRefused() {
        PublishOptions kept = PublishOptions.keptFor(Duration.ofDays(1));
        assertThatThrownBy(() -> new BusPublisher().publish("/topic/a", "hello", kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only messages to a user are kept, by publishToUser");
        assertThatThrownBy(() -> new BusPublisher().publishToSession("s1", "/queue/a", "hello", kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only messages to a user are kept, by publishToUser");
    }

    @Test
    void kept_noTime_isRefused() {
        assertThatThrownBy(() -> PublishOptions.keptFor(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message is kept for 1 ms at least, not for PT0S");
    }

    @Test
    void kept_whatWouldBeIgnored_isRefused() {
        PublishOptions kept = PublishOptions.keptFor(Duration.ofDays(1));
        assertRefused(kept.butImmediately(), "neither immediately() nor except() goes with keptFor()");
        assertRefused(kept.butExcept("s1"), "neither immediately() nor except() goes with keptFor()");
        assertRefused(kept.withHeader("delivery-delay", "1000"), "a delay does not go with keptFor()");
    }

    private static void assertRefused(PublishOptions options, String reason) {
        assertThatThrownBy(() -> new BusPublisher().publishToUser("ann", "/queue/a", "hello", options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(reason);
    }
}
