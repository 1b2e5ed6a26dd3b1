package io.stompline.session.first;

import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.opening.Opening;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Rights;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Chooses what a new subscriber gets before the live stream: what a source has, the answer of a bean, or nothing. On
 * the lane only.
 *
 * <p>A subscriber that resumes and misses nothing gets no answer of a bean. The bean is asked all the same, since it
 * may refuse, unless it let the user in before.
 */
public final class FirstMessages {
    private final List<FirstMessageSource> sources;
    private final Rights rights;
    private final String user;

    /**
     * For one connection.
     *
     * @param sources the first that has something is shown
     * @param user who subscribes
     */
    public FirstMessages(List<FirstMessageSource> sources, Rights rights, String user) {
        this.sources = sources;
        this.rights = rights;
        this.user = user;
    }

    /** What there may be for a SUBSCRIBE. */
    public record Request(Destination destination, List<FirstMessageSource.Offer> offers) {
        /** Whether messages may come before the live stream, those of a bean aside. */
        public boolean hasMessages() {
            return offers.stream().anyMatch(FirstMessageSource.Offer::hasMessages);
        }
    }

    /**
     * What comes first.
     *
     * @param receipt what the RECEIPT says besides
     */
    public record Choice(Opening opening, Headers receipt) {}

    /**
     * Reads and checks a SUBSCRIBE.
     *
     * @throws StompException of a source
     */
    public Request request(ClientFrame subscribe) {
        return new Request(
                subscribe.destination(),
                sources.stream()
                        .flatMap(source -> source.offer(subscribe, rights, user).stream())
                        .toList());
    }

    /**
     * Chooses for a subscription that has joined the live stream.
     *
     * @param wanted which messages the subscriber gets
     * @param admitted whether the user has the roles that the bean of the destination asks for
     * @param answer asks the bean of the destination, if there is one
     * @throws StompException if the bean refuses
     */
    public Choice choose(
            Request request, Predicate<Message> wanted, boolean admitted, Supplier<Optional<FirstMessage>> answer) {
        // Before the bean is asked: what comes meanwhile is in the live stream.
        List<FirstMessageSource.Content> contents =
                request.offers().stream().map(offer -> offer.take(wanted)).toList();
        Optional<FirstMessageSource.Content> resumed =
                contents.stream().filter(FirstMessageSource.Content::resumes).findFirst();
        boolean known = admitted
                && resumed.filter(FirstMessageSource.Content::wasAdmitted).isPresent();
        Optional<FirstMessage> answered = known ? Optional.empty() : answer.get();
        if (known || answered.isPresent()) {
            noteReader(request.destination());
        }
        if (resumed.isEmpty() && answered.isPresent()) {
            return new Choice(answered.get(), receipt(contents, Optional.empty()));
        }
        Optional<FirstMessageSource.Content> shown = resumed.or(() -> contents.stream()
                .filter(content -> content.opening().isPresent())
                .findFirst());
        return new Choice(
                shown.flatMap(FirstMessageSource.Content::opening).orElseGet(Opening::none), receipt(contents, shown));
    }

    private static Headers receipt(
            List<FirstMessageSource.Content> contents, Optional<FirstMessageSource.Content> shown) {
        Headers.Builder receipt = new Headers.Builder();
        for (FirstMessageSource.Content content : contents) {
            receipt.addAll(content.receipt(shown.filter(content::equals).isPresent()));
        }
        return receipt.build();
    }

    /** The user is, or was until now, in a destination that a bean let it into. */
    public void noteReader(Destination destination) {
        sources.forEach(source -> source.noteReader(user, destination));
    }
}
