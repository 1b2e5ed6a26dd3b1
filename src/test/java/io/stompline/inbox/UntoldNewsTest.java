package io.stompline.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntoldNewsTest {
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();
    private static final Address ANN = new Address("ann", ALERTS);
    private static final Address BOB = new Address("bob", ALERTS);

    private final UntoldNews news = new UntoldNews();

    private UntoldNews.Item next() {
        return news.next().orElseThrow();
    }

    @Test
    void next_cameWhileItWasTold_isBehindTheOthers() {
        assertThat(news.deleted(ANN, 1)).isTrue();
        assertThat(news.deleted(BOB, 2)).isFalse();
        UntoldNews.Item first = next();
        assertThat(first).isEqualTo(new UntoldNews.Item(ANN, List.of(1L)));
        news.deleted(ANN, 3);
        assertThat(news.taken(first)).isTrue();
        assertThat(next()).isEqualTo(new UntoldNews.Item(BOB, List.of(2L)));
        assertThat(news.taken(next())).isTrue();
        assertThat(next()).isEqualTo(new UntoldNews.Item(ANN, List.of(3L)));
        assertThat(news.taken(next())).isTrue();
        assertThat(news.next()).isEmpty();
        assertThat(news.added(ANN)).isTrue();
    }

    @Test
    void next_notTaken_comesAgain() {
        news.deleted(ANN, 1);
        assertThat(next()).isEqualTo(next());
    }

    @Test
    void ask_forgotten_isNotTold() {
        Box box = new Box(null, new Address("ann", ANN.seen()));
        assertThat(news.ask(box, ANN)).isTrue();
        UntoldNews.Item asked = next();
        news.forget(box);
        assertThat(news.taken(asked)).isFalse();
        assertThat(news.next()).isEmpty();
        news.ask(box, ANN);
        news.added(ANN);
        news.forget(box);
        assertThat(news.taken(next())).isTrue();
    }

    @Test
    void close_whatComes_isNotTold() {
        news.deleted(ANN, 1);
        news.close();
        assertThat(news.deleted(ANN, 2)).isFalse();
        assertThat(news.next()).isEmpty();
        assertThat(news.added(ANN)).isFalse();
        assertThat(news.next()).isEmpty();
    }

    @Test
    void deleted_moreThanAreRemembered_theNumberIsToldAlone() {
        for (long id = 0; id <= UntoldNews.MAX_IDS; id++) {
            news.deleted(ANN, id);
        }
        news.deleted(BOB, 7);
        UntoldNews.Item first = next();
        assertThat(first.deleted()).hasSize(UntoldNews.MAX_IDS);
        news.taken(first);
        assertThat(next()).isEqualTo(new UntoldNews.Item(BOB, List.of()));
        news.deleted(BOB, 8);
        assertThat(next().deleted()).containsExactly(8L);
    }

    @Test
    void added_moreAddressesThanAreRemembered_areToldWhenSomebodyAsks() {
        for (int i = 0; i < UntoldNews.MAX_ADDRESSES; i++) {
            news.added(new Address("user" + i, ALERTS));
        }
        news.added(ANN);
        news.deleted(BOB, 1);
        news.ask(new Box(null, new Address("bob", BOB.seen())), BOB);
        int told = 0;
        while (news.next().isPresent()) {
            UntoldNews.Item item = next();
            news.taken(item);
            assertThat(item.address()).isNotEqualTo(ANN);
            told++;
        }
        assertThat(told).isEqualTo(UntoldNews.MAX_ADDRESSES + 1);
    }
}
