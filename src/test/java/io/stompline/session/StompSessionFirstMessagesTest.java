package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.LastValue;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.session.first.FirstMessageSource;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.opening.Opening;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.rights.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another source of first messages beside that of kept ones: a list of who is there. */
class StompSessionFirstMessagesTest {
    private static final Destination ROOM = Destination.topic("room");

    private final TestNode node = TestNode.keeping(new HistorySettings(
            new TopicRules<>(List.of(new TopicRules.Rule<>(ROOM, new LastValue(Optional.empty(), Optional.empty())))),
            1_000_000));
    private final TestClient ann = node.connected("ann");
    private final List<String> readers = new ArrayList<>();

    @BeforeEach
    void keep() {
        node.first.add(new WhoIsThere());
        node.router.keep(ROOM);
    }

    /** Shows to every subscriber of a room who it is. */
    private final class WhoIsThere implements FirstMessageSource {
        @Override
        public Optional<Offer> offer(ClientFrame subscribe, Rights rights, String user) {
            return subscribe.destination().name().startsWith("room")
                    ? Optional.of(new Present(user))
                    : Optional.empty();
        }

        @Override
        public void noteReader(String user, Destination destination) {
            readers.add(user + " " + destination);
        }
    }

    private record Present(String user) implements FirstMessageSource.Offer, FirstMessageSource.Content {
        @Override
        public boolean hasMessages() {
            return true;
        }

        @Override
        public FirstMessageSource.Content take(Predicate<Message> wanted) {
            return this;
        }

        @Override
        public Optional<Opening> opening() {
            return Optional.of(first("here is " + user));
        }

        @Override
        public Headers receipt(boolean shown) {
            return Headers.of("x-present", Boolean.toString(shown));
        }
    }

    private static FirstMessage first(String text) {
        return new FirstMessage(Message.of(ROOM, Headers.none(), Body.utf8(text), ""), OptionalLong.empty());
    }

    @Test
    void firstMessages_ofAnotherSource_comeBeforeTheLiveStreamAndAreInTheReceipt() {
        ann.subscribe("s", "/topic/rooms", "receipt", "r");
        node.publish("/topic/rooms", "live");
        assertThat(ann.received()).containsExactly("receipt r", "s: here is ann", "s: live");
        assertThat(ann.receipt("r").header("x-present")).contains("true");
        assertThat(ann.receipt("r").header("x-replayed")).isEmpty();
    }

    @Test
    void firstMessages_withoutReceipt_comeBeforeTheLiveStream() {
        ann.subscribe("s", "/topic/rooms");
        node.publish("/topic/rooms", "live");
        assertThat(ann.received()).containsExactly("s: here is ann", "s: live");
    }

    @Test
    void firstMessages_ofTwoSources_areThoseOfTheFirstThatHasSome() {
        ann.subscribe("s", "/topic/room", "receipt", "r");
        node.publish("/topic/room", "kept");
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/room", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: here is ann", "s: kept");
        assertThat(ann.receipt("r").header("x-replayed")).contains("0");
        assertThat(bob.received()).containsExactly("receipt r", "s: kept");
        assertThat(bob.receipt("r").header("x-replayed")).contains("1");
        assertThat(bob.receipt("r").header("x-present")).contains("false");
    }

    @Test
    void firstMessages_beanAnswers_areItsAnswer() {
        node.application.answer("/topic/room", request -> Optional.of(first("of the bean")));
        ann.subscribe("s", "/topic/room", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: of the bean");
        assertThat(ann.receipt("r").header("x-present")).contains("false");
        assertThat(readers).containsExactly("ann /topic/room");
    }

    @Test
    void firstMessages_nobodyHasAny_areNone() {
        ann.subscribe("s", "/topic/other", "receipt", "r");
        node.publish("/topic/other", "live");
        assertThat(ann.received()).containsExactly("receipt r", "s: live");
        assertThat(ann.receipt("r").header("x-present")).isEmpty();
    }
}
