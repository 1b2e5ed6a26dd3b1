package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompClient;
import io.stompline.api.StompPublisher;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shared board: several people move cards at once. The bean puts changes in order; every browser applies them
 * in that order, so that all show the same board. Where somebody drags a card meanwhile is told on a local topic.
 */
@ApplicationScoped
public class Board {
    private static final String TOPIC = "/topic/board";
    private static final String DRAGS = "/topic/local/board";
    private static final int MOST_CARDS = 60;
    private static final String EXAMPLE = "stompline";

    /** The columns, left to right. */
    public enum Column {
        TODO,
        DOING,
        DONE
    }

    /** One card. */
    public record Card(long id, String text, Column column, String by) {}

    /** The request for a new card. */
    public record NewCard(@NotBlank @Size(max = 80) String text) {}

    /** The request to put a card into a column, with {@code above} cards of that column above it. */
    public record Move(
            long id, @NotNull Column to, @PositiveOrZero int above) {}

    /** Somebody drags a card over a place, as in {@link Move}; {@code over} is null when it is let go. */
    public record Drag(long id, Column over, @PositiveOrZero int above) {}

    /** A drag as the others see it. */
    public record Ghost(long id, Column over, int above, String by) {}

    /** The request to remove a card. */
    public record Removal(long id) {}

    /**
     * A change that happened.
     *
     * @param card as it is now; its column is null if it was removed
     * @param above how many cards of that column are above it
     */
    public record Change(Card card, int above) {}

    @Inject
    private StompPublisher publisher;

    private final Map<Column, List<Card>> columns = new EnumMap<>(Column.class);
    private long lastId;
    private long version;

    @PostConstruct
    void putExamples() {
        for (Column column : Column.values()) {
            columns.put(column, new ArrayList<>());
        }
        put(new Card(++lastId, "Open this page in a second tab", Column.TODO, EXAMPLE), 0);
        put(new Card(++lastId, "Move me to another column", Column.TODO, EXAMPLE), 0);
        put(new Card(++lastId, "Start the demo", Column.DONE, EXAMPLE), 0);
    }

    /** Puts a new card on top of the first column. */
    @OnSend("/app/board/add")
    public synchronized void add(@Valid NewCard card, Principal by) {
        if (columns.values().stream().mapToInt(List::size).sum() >= MOST_CARDS) {
            throw new BoardFullException();
        }
        put(new Card(++lastId, card.text(), Column.TODO, by.getName()), 0);
    }

    /** Moves a card; does nothing if somebody has removed it meanwhile. */
    @OnSend("/app/board/move")
    public synchronized void move(@Valid Move move, Principal by) {
        take(move.id()).ifPresent(card -> put(new Card(card.id(), card.text(), move.to(), by.getName()), move.above()));
    }

    /** Tells the others where a card is dragged; nothing is stored. */
    @OnSend("/app/board/drag")
    public void drag(@Valid Drag drag, StompClient by) {
        Ghost ghost = new Ghost(drag.id(), drag.over(), drag.above(), by.user());
        publisher.publish(DRAGS, ghost, PublishOptions.except(by.sessionId()));
    }

    /** Removes a card; does nothing if somebody else has removed it. */
    @OnSend("/app/board/remove")
    public synchronized void remove(@Valid Removal removal, Principal by) {
        take(removal.id())
                .ifPresent(card -> publish(new Change(new Card(card.id(), card.text(), null, by.getName()), 0)));
    }

    /** A copy of the board; every later change is published after it. */
    @OnSubscribe(TOPIC)
    public synchronized Snapshot look() {
        Map<Column, List<Card>> now = new EnumMap<>(Column.class);
        columns.forEach((column, cards) -> now.put(column, List.copyOf(cards)));
        return Snapshot.upTo(version, now);
    }

    private Optional<Card> take(long id) {
        for (List<Card> column : columns.values()) {
            for (Card card : column) {
                if (card.id() == id) {
                    column.remove(card);
                    return Optional.of(card);
                }
            }
        }
        return Optional.empty();
    }

    private void put(Card card, int above) {
        List<Card> column = columns.get(card.column());
        int place = Math.min(above, column.size());
        column.add(place, card);
        publish(new Change(card, place));
    }

    private void publish(Change change) {
        version++;
        publisher.publish(TOPIC, change, PublishOptions.NONE.withVersion(version));
    }
}
