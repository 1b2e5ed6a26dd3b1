package io.stompline.session.first;

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
import io.stompline.routing.Message;
import io.stompline.routing.hub.Position;
import io.stompline.security.Action;
import io.stompline.session.opening.Opening;
import io.stompline.session.opening.PastMessages;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Rights;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Messages of the past for those who ask for them, and last values, which nobody has to ask for. Thread-safe. */
public final class KeptMessages implements FirstMessageSource {
    private final History history;
    private final Replay.Limit limit;
    private final Metrics metrics;

    /** All that the history keeps. */
    public KeptMessages(History history, SessionLimits limits, Metrics metrics) {
        this.history = history;
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
     * @param hasMessages whether messages of the past may come
     * @param before the position before the subscription joins the live stream
     */
    private record Asked(
            KeptMessages source,
            KeptDestination what,
            String user,
            boolean kept,
            boolean values,
            Optional<Rewind> rewind,
            boolean hasMessages,
            Position before)
            implements Offer {
        boolean isResumption() {
            return rewind.filter(Rewind.After.class::isInstance).isPresent();
        }

        boolean isOfOtherNode(Replay replay) {
            return rewind.filter(wanted -> wanted instanceof Rewind.After after
                            && !after.position().node().equals(replay.now().node()))
                    .isPresent();
        }

        @Override
        public Content take(Predicate<Message> wanted) {
            Replay replay = hasMessages
                    ? source.history.replay(what, rewind.orElseThrow(), wanted, source.limit)
                    : Replay.of(List.of(), before);
            boolean admitted = replay.recovered() && source.history.readers().includes(user, what.destination());
            return new Past(this, replay, admitted);
        }
    }

    private record Past(Asked asked, Replay replay, boolean wasAdmitted) implements Content {
        @Override
        public Optional<Opening> opening() {
            return resumes() || !replay.messages().isEmpty()
                    ? Optional.of(new PastMessages(
                            replay.messages(), replay.rest(), replay.now().number(), replay.doubles()))
                    : Optional.empty();
        }

        @Override
        public boolean resumes() {
            return replay.recovered();
        }

        @Override
        public Headers receipt(boolean shown) {
            return asked.source.receipt(asked, replay, shown);
        }
    }

    /** Who resumes and may not read the past misses messages, and is told so; who may not see last values gets none. */
    @Override
    public Optional<Offer> offer(ClientFrame subscribe, Rights rights, String user) {
        Destination destination = subscribe.destination();
        Optional<Rewind> asked = subscribe.streamOffset().map(KeptMessages::parse);
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
        return kept || resumes
                ? Optional.of(new Asked(
                        this,
                        KeptDestination.of(destination, user),
                        user,
                        kept,
                        values,
                        rewind,
                        readsPast,
                        history.now()))
                : Optional.empty();
    }

    private static Rewind parse(String text) {
        return Rewind.parse(text)
                .orElseThrow(() -> wrong("must be next, first, last, last=20, timestamp=SECONDS or after=POSITION,"
                        + " where POSITION is the " + HeaderNames.STREAM_OFFSET + " of the last message received"));
    }

    @Override
    public void noteReader(String user, Destination destination) {
        history.readers().note(user, destination);
    }

    private Headers receipt(Asked asked, Replay replay, boolean shown) {
        Headers.Builder receipt = new Headers.Builder();
        if (asked.kept()) {
            // That of the past that is shown; else before the first message of the live stream.
            Position position = shown ? replay.told() : asked.before();
            receipt.add(HeaderNames.STREAM_OFFSET, position.text());
        }
        if (asked.isResumption()) {
            receipt.add(HeaderNames.RECOVERED, Boolean.toString(replay.recovered()));
            metrics.counter(replay.recovered() ? Meter.HISTORY_RECOVERED : Meter.HISTORY_NOT_RECOVERED)
                    .increment();
            if (replay.recovered() && asked.isOfOtherNode(replay)) {
                metrics.counter(Meter.HISTORY_RECOVERED_ELSEWHERE).increment();
            }
        }
        if (asked.hasMessages()) {
            int count = shown ? replay.count() : 0;
            receipt.add(HeaderNames.REPLAYED, Integer.toString(count));
            metrics.counter(asked.values() ? Meter.LAST_VALUES_SHOWN : Meter.HISTORY_MESSAGES_REPLAYED)
                    .add(count);
        }
        return receipt.build();
    }

    private static StompException wrong(String what) {
        return new StompException(StompError.INVALID_HEADER, "the header " + HeaderNames.STREAM_OFFSET + " " + what);
    }
}
