package io.stompline.demo.text;

import io.stompline.api.Header;
import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import io.stompline.api.Variable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Texts that several people write at once, on whatever node they are. An update is octets, which only the pages
 * understand; each page numbers its own. The bean keeps an update before it publishes it, so that a snapshot has
 * whatever was published before.
 */
@ApplicationScoped
public class SharedText {
    private static final String TOPIC = "/topic/text/";
    private static final String NAMES = "notes|ideas|draft";
    private static final String CLIENTS = "[0-9]{1,10}";

    /** Fewer are not worth it: another page was faster. */
    private static final int LEAST_COMPACTED = 100;

    /**
     * The whole text.
     *
     * @param numbers the last number of each client in it
     * @param updates in Base64; in any order, each once or more often
     */
    public record Whole(Map<String, Long> numbers, List<String> updates) {}

    /**
     * One update that has the effect of many.
     *
     * @param numbers the last number of each client in it
     * @param update in Base64
     */
    public record Compacted(
            @NotNull @Size(max = 300) Map<@Pattern(regexp = CLIENTS) String, @NotNull @Positive Long> numbers,

            @NotEmpty @Size(max = 60_000) @Pattern(regexp = "[A-Za-z0-9+/]+={0,2}")
            String update) {}

    @Inject
    private TextJournal journal;

    @Inject
    private StompPublisher publisher;

    /**
     * Keeps an update and publishes it. A page that lost its connection sends again what was not confirmed, also to
     * another node: then it is published again as well, because the first node may have died before it did so, and
     * marked.
     *
     * @param client the page
     * @param number 1 for its first update, and so on
     */
    @OnSend("/app/text/{text}")
    public void update(
            @Variable("text") @Pattern(regexp = NAMES) String text,
            @Header("client") @Pattern(regexp = CLIENTS) String client,
            @Header("number") @Positive long number,
            @NotEmpty @Size(max = 65_536) byte[] update) {
        boolean isFirst = journal.append(text, client, number, update);
        PublishOptions options = PublishOptions.header("client", client).withHeader("number", Long.toString(number));
        publisher.publish(TOPIC + text, update, isFirst ? options : options.withHeader("again", "true"));
    }

    /** All that is kept; what is published meanwhile comes after it, although it may be in it. */
    @OnSubscribe(TOPIC + "{text}")
    public Whole read(@Variable("text") @Pattern(regexp = NAMES) String text) {
        TextContents contents = journal.read(text);
        return new Whole(contents.numbers(), contents.updates());
    }

    /** Puts one update into the place of those that it has the effect of; does nothing if these are few. */
    @OnSend("/app/text/{text}/compact")
    public void compact(@Variable("text") @Pattern(regexp = NAMES) String text, @Valid @NotNull Compacted compacted) {
        TextContents contents = journal.read(text);
        List<TextEntry> covered = contents.coveredBy(compacted.numbers());
        if (covered.size() >= LEAST_COMPACTED && contents.has(compacted.numbers())) {
            byte[] update = Base64.getDecoder().decode(compacted.update());
            journal.replace(text, covered, compacted.numbers(), update);
        }
    }
}
