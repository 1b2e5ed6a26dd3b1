package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.api.PublishOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
