package io.stompline.session.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import io.stompline.routing.hub.Position;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastMessagesTest {
    private static final Message MESSAGE = Message.of(Destination.topic("a"), Headers.none(), Body.utf8("1"), "");

    @Test
    void covered_whatTheReplayReaches_isLeftOutOfTheLiveStream() {
        PastMessages past = new PastMessages(List.of(at(3)), Collections.emptyIterator(), 7, Doubles.NONE);
        assertThat(past.covered()).accepts(at(7), at(1)).rejects(at(8), new Broadcast(MESSAGE));
    }

    private static Broadcast at(long number) {
        return new Broadcast(MESSAGE, "/topic/a", new Position("node1", number, 0));
    }
}
