package io.stompline.session.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StartGateTest {
    private final StartGate gate = new StartGate(false);
    private final List<String> delivered = new ArrayList<>();

    @Test
    void startGate_deliversTheOpeningThenWhatCameMeanwhile() {
        assertThat(gate.passes(Messages.versioned("1", ""))).isFalse();
        assertThat(gate.passes(Messages.versioned("2", ""))).isFalse();
        assertThat(gate.held()).isEqualTo(2);
        begin(snapshot(OptionalLong.empty()));
        assertThat(delivered).containsExactly("all", "1", "2");
        assertThat(gate.held()).isZero();
        assertThat(gate.passes(Messages.versioned("3", ""))).isTrue();
    }

    @Test
    void startGate_leavesOutWhatTheOpeningCoversBeforeAndAfterItBegins() {
        gate.passes(Messages.versioned("covered", "7"));
        gate.passes(Messages.versioned("newer", "8"));
        begin(snapshot(OptionalLong.of(7)));
        assertThat(delivered).containsExactly("all", "newer");
        assertThat(gate.passes(Messages.versioned("late", "6"))).isFalse();
        assertThat(gate.passes(Messages.versioned("later", "9"))).isTrue();
        assertThat(gate.held()).as("what is covered is not held").isZero();
    }

    @Test
    void startGate_withoutOpening_deliversOnlyWhatCameMeanwhile() {
        gate.passes(Messages.versioned("1", "1"));
        begin(Opening.none());
        assertThat(delivered).containsExactly("1");
    }

    @Test
    void startGate_openFromTheStart_holdsNothing() {
        StartGate open = new StartGate(true);
        assertThat(open.passes(Messages.versioned("1", "1"))).isTrue();
        assertThat(open.held()).isZero();
    }

    @Test
    void startGate_marks_areOfTheOpeningOnly() {
        gate.passes(Messages.versioned("meanwhile", ""));
        List<String> marked = new ArrayList<>();
        gate.begin(
                new PastMessages(List.of(Messages.versioned("past", "")), Collections.emptyIterator(), 0, Doubles.NONE),
                (broadcast, marks) -> marked.add(marks.first("x-replayed").orElse("no mark")));
        gate.open(() -> true, this::deliver);
        assertThat(marked).containsExactly("true");
        assertThat(delivered).containsExactly("meanwhile");
    }

    @Test
    void startGate_noMoreRoom_deliversTheRestLater() {
        gate.passes(Messages.versioned("1", ""));
        gate.passes(Messages.versioned("2", ""));
        gate.begin(Opening.none(), this::deliver);
        assertThat(gate.open(delivered::isEmpty, this::deliver)).isFalse();
        assertThat(gate.passes(Messages.versioned("3", ""))).isFalse();
        assertThat(delivered).containsExactly("1");
        assertThat(gate.open(() -> true, this::deliver)).isTrue();
        assertThat(delivered).containsExactly("1", "2", "3");
        assertThat(gate.passes(Messages.versioned("4", ""))).isTrue();
    }

    private void begin(Opening opening) {
        gate.begin(opening, this::deliver);
        assertThat(gate.open(() -> true, this::deliver)).isTrue();
    }

    private static FirstMessage snapshot(OptionalLong version) {
        return new FirstMessage(Messages.message("all"), version);
    }

    private void deliver(Broadcast broadcast, Headers marks) {
        deliver(broadcast);
    }

    private void deliver(Broadcast broadcast) {
        delivered.add(broadcast.message().body().text().orElseThrow());
    }
}
