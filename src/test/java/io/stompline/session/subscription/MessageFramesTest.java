package io.stompline.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Deflation;
import io.stompline.frame.Version;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.opening.Messages;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.OverflowPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFramesTest {
    private static final Message MESSAGE = Messages.message("hi", "ID-1");

    @Test
    void messageId_autoMode_isTheMessagesOwn() {
        MessageFrames frames = frames(Version.V1_2, AckMode.AUTO);
        assertThat(frames.nextId(MESSAGE)).isEqualTo("ID-1");
        assertThat(frame(frames))
                .isEqualTo("MESSAGE\nsubscription:s\nmessage-id:ID-1\ndestination:/topic/t\ncontent-length:2\n\nhi\0");
    }

    @Test
    void messageId_messageWithoutId_isMadeAlsoInAutoMode() {
        MessageFrames frames = frames(Version.V1_2, AckMode.AUTO);
        assertThat(frames.nextId(Messages.message("hi", ""))).isEqualTo("3-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT", "CLIENT_INDIVIDUAL"})
    void messageId_clientModes_countsDeliveriesOfTheSubscription(AckMode mode) {
        MessageFrames frames = frames(Version.V1_2, mode);
        assertThat(frames.nextId(MESSAGE)).isEqualTo("3-1");
        assertThat(frames.nextId(MESSAGE)).isEqualTo("3-2");
        assertThat(frame(frames)).contains("\nmessage-id:3-3\nack:3-3\n").doesNotContain("ID-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_0", "V1_1"})
    void ackHeader_before12_isLeftOut(Version version) {
        assertThat(frame(frames(version, AckMode.CLIENT)))
                .contains("\nmessage-id:3-1\n")
                .doesNotContain("\nack:");
    }

    @ParameterizedTest
    @CsvSource({"3-1, 3", "12-, 12", "999999999-1, 999999999", "1000000000-1, 0", "-1, 0", "x-1, 0", "3, 0", "'', 0"})
    void subscriptionNumber_isReadFromTheIdsThatWeMake(String id, long number) {
        assertThat(MessageFrames.subscriptionNumber(id)).isEqualTo(number);
    }

    private static MessageFrames frames(Version version, AckMode mode) {
        SubscriptionTerms terms = new SubscriptionTerms(
                Optional.of("s"),
                Destination.topic("t"),
                mode,
                Set.of(),
                false,
                Optional.empty(),
                false,
                OverflowPolicy.CLOSE,
                Instant.EPOCH);
        return new MessageFrames(version, terms, 3, Deflation.NONE);
    }

    private static String frame(MessageFrames frames) {
        return frames.frame(new Broadcast(MESSAGE), frames.nextId(MESSAGE)).toString();
    }
}
