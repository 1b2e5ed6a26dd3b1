package io.stompline.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
    private final AckLedger ledger = new AckLedger(3);

    @Test
    void take_oneOrCumulative_takesOneOrAllBefore() {
        enter("1", "2", "3");
        assertThat(ledger.take("2", false).keySet()).containsExactly("2");
        assertThat(ledger.take("3", true).keySet()).containsExactly("1", "3");
        assertThat(ledger.take("1", false)).isEmpty();
    }

    @Test
    void putBack_afterAbort_precedesLaterEntries() {
        enter("1", "2");
        var taken = ledger.take("2", true);
        enter("3");
        ledger.putBack(taken);
        assertThat(ledger.take("3", true).keySet()).containsExactly("1", "2", "3");
    }

    @Test
    void putBack_anyOrder_restoresEachPlace() {
        enter("1", "2", "3");
        var first = ledger.take("1", true);
        var second = ledger.take("2", true);
        ledger.putBack(first);
        ledger.putBack(second);
        assertThat(ledger.take("1", true).keySet()).containsExactly("1");
        assertThat(ledger.take("3", true).keySet()).containsExactly("2", "3");
    }

    @Test
    void take_cumulativeUpToWhatIsSettled_takesWhatAnAbortPutBackBeforeIt() {
        enter("1", "2", "3");
        var aborted = ledger.take("1", true);
        ledger.take("3", true);
        enter("4");
        ledger.putBack(aborted);
        assertThat(ledger.take("3", true).keySet()).containsExactly("1");
        assertThat(ledger.take("3", true)).isEmpty();
    }

    @Test
    void enter_fullOrClosed_isRefused() {
        enter("1", "2", "3");
        assertThat(ledger.enter("4", Optional.empty())).isFalse();
        ledger.close();
        assertThat(ledger.take("1", false))
                .as("what is open may still be acknowledged")
                .hasSize(1);
        assertThat(ledger.enter("5", Optional.empty())).isFalse();
    }

    private void enter(String... ids) {
        for (String id : List.of(ids)) {
            assertThat(ledger.enter(id, Optional.empty())).isTrue();
        }
    }
}
