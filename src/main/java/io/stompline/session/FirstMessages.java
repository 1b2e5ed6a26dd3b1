package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.history.History;
import io.stompline.history.KeptDestination;
import io.stompline.history.Replay;
import io.stompline.history.Rewind;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.hub.Position;
import io.stompline.security.Action;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.opening.Opening;
import io.stompline.session.opening.PastMessages;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Rights;
import io.stompline.session.subscription.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Chooses what a new subscriber gets before the live stream: messages of the past, last values, which nobody has to ask
 * for, the answer of a bean, or nothing. On the lane only.
 *
 * <p>A subscriber that resumes and misses nothing gets no answer of a bean. The bean is asked all the same, since it
 * may refuse, unless it let the user in before.
 */
final class FirstMessages {
    private final History history;
    private final Rights rights;
    private final String user;
    private final Replay.Limit limit;
    private final Metrics metrics;

    /**
     * For one connection.
     *
     * @param user who subscribes
     */
    FirstMessages(History history, Rights rights, String user, SessionLimits limits, Metrics metrics) {
        this.history = history;
        this.rights = rights;
        this.user = user;
        int unacknowledged = limits.subscriptions().maxUnacknowledgedOfTopic();
        this.limit = new Replay.Limit(
                // The live stream needs room as well.
                unacknowledged - unacknowledged / 4, limits.outbox().maxBytes() / 2);
        this.metrics = metrics;
    }

    /**
     * What a SUBSCRIBE asks for.
     *
     * @param kept whether messages of the destination are kept
     * @param values whether these are last values
     * @param rewind where to begin: {@code x-stream-offset}; without it with the last values, if there may be some
     * @param readsPast whether messages of the past may come
     * @param before the position before the subscription joins the live stream
     */
    record Request(
            KeptDestination what,
            boolean kept,
            boolean values,
            Optional<Rewind> rewind,
            boolean readsPast,
            Position before) {
        boolean resumes() {
            return rewind.filter(Rewind.After.class::isInstance).isPresent();
        }
    }

    /**
     * What comes first.
     *
     * @param receipt what the RECEIPT says besides
     */
    record Choice(Opening opening, Headers receipt) {}

    /**
     * Reads and checks a SUBSCRIBE. Who resumes and may not read the past misses messages, and is told so; who does not
     * ask for last values and may not see them gets none.
     *
     * @throws StompException INVALID_HEADER or FORBIDDEN
     */
    Request request(ClientFrame subscribe) {
        Destination destination = subscribe.destination();
        Optional<Rewind> asked = subscribe.streamOffset().map(FirstMessages::parse);
        boolean past = asked.filter(Rewind::readsPast).isPresent();
        boolean shared = (destination.isTopic() || destination.kind() == Destination.Kind.USER)
                && !subscribe.isDurable()
                && subscribe.selector().isEmpty();
        if (past && !shared) {
            throw wrong("is for topics and /user/ destinations, without durable and without selector");
        }
        boolean kept = shared && history.covering(destination).isPresent();
        boolean values = kept && history.keepsValues(destination);
        Optional<Rewind> rewind = asked.isEmpty() && values ? Optional.of(new Rewind.First()) : asked;
        boolean resumes = asked.filter(Rewind.After.class::isInstance).isPresent();
        if (past && !resumes && !kept) {
            throw wrong("asks for messages of the past, and none are kept of " + destination + ", or not by one rule ("
                    + Setting.HISTORY.key() + ", " + Setting.LAST_VALUE.key() + ")");
        }
        if (past && kept && !resumes) {
            rights.check(Action.READ_HISTORY, destination);
        }
        boolean readsPast = kept
                && rewind.filter(Rewind::readsPast).isPresent()
                && ((past && !resumes) || rights.allows(Action.READ_HISTORY, destination));
        return new Request(KeptDestination.of(destination, user), kept, values, rewind, readsPast, history.now());
    }

    private static Rewind parse(String text) {
        return Rewind.parse(text)
                .orElseThrow(() -> wrong("must be next, first, last, last=20, timestamp=SECONDS or after=POSITION,"
                        + " where POSITION is the " + HeaderNames.STREAM_OFFSET + " of the last message received"));
    }

    /**
     * Chooses for a subscription that has joined the live stream.
     *
     * @param admitted whether the user has the roles that the bean of the destination asks for
     * @param answer asks the bean of the destination, if there is one
     * @throws StompException if the bean refuses
     */
    Choice choose(
            Request request, Subscription subscription, boolean admitted, Supplier<Optional<FirstMessage>> answer) {
        // Before the bean is asked: what comes meanwhile is behind the position.
        Replay replay = request.readsPast()
                ? history.replay(request.what(), request.rewind().orElseThrow(), subscription::isMeant, limit)
                : Replay.of(List.of(), request.before(), false);
        Destination destination = request.what().destination();
        boolean known = replay.recovered() && admitted && history.readers().includes(user, destination);
        Optional<FirstMessage> answered = known ? Optional.empty() : answer.get();
        if (known || answered.isPresent()) {
            noteReader(destination);
        }
        Opening opening = !replay.recovered() && answered.isPresent() ? answered.get() : past(replay);
        return new Choice(opening, receipt(request, replay, opening));
    }

    /** The user is, or was until now, in a destination that a bean let it into. */
    void noteReader(Destination destination) {
        history.readers().note(user, destination);
    }

    private static Opening past(Replay replay) {
        return replay.recovered() || !replay.messages().isEmpty()
                ? new PastMessages(
                        replay.messages(), replay.rest(), replay.now().number())
                : Opening.none();
    }

    private Headers receipt(Request request, Replay replay, Opening opening) {
        Headers.Builder receipt = new Headers.Builder();
        if (request.kept()) {
            // That of the past that is shown; else before the first message of the live stream.
            Position position = opening instanceof PastMessages ? replay.told() : request.before();
            receipt.add(HeaderNames.STREAM_OFFSET, position.text());
        }
        if (request.resumes()) {
            receipt.add(HeaderNames.RECOVERED, Boolean.toString(replay.recovered()));
            metrics.counter(replay.recovered() ? Meter.HISTORY_RECOVERED : Meter.HISTORY_NOT_RECOVERED)
                    .increment();
        }
        if (request.readsPast()) {
            int count = opening instanceof PastMessages ? replay.count() : 0;
            receipt.add(HeaderNames.REPLAYED, Integer.toString(count));
            metrics.counter(request.values() ? Meter.LAST_VALUES_SHOWN : Meter.HISTORY_MESSAGES_REPLAYED)
                    .add(count);
        }
        return receipt.build();
    }

    private static StompException wrong(String what) {
        return new StompException(StompError.INVALID_HEADER, "the header " + HeaderNames.STREAM_OFFSET + " " + what);
    }
}
