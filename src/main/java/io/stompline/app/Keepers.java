package io.stompline.app;

import io.stompline.api.LastValues;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.history.History;
import io.stompline.history.HistorySettings;
import io.stompline.routing.hub.Recorder;
import io.stompline.routing.hub.Routes;
import io.stompline.session.first.FirstMessageSource;
import io.stompline.session.first.KeptMessages;
import io.stompline.session.port.Application;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.threads.NodeTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Makes what new subscribers get before the live stream, and what a node keeps for that. Thread-safe.
 */
final class Keepers {
    private static final System.Logger LOG = System.getLogger(Keepers.class.getName());
    private static final Duration OPENS_FEEDS_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGETS_EVERY = Duration.ofSeconds(10);

    /**
     * The settings of what it makes.
     *
     * @param history what is kept of topics
     */
    record Options(HistorySettings history) {
        static Options from(Settings settings) {
            return new Options(HistorySettings.from(settings));
        }
    }

    private final History history;
    private final List<FirstMessageSource> sources;

    /**
     * Nothing is kept yet, and no other node is known.
     *
     * @param base its channel tells the other nodes
     */
    Keepers(Options options, SessionLimits limits, NodeBase base) {
        history = new History(options.history(), InstantSource.system(), base.metrics());
        sources = List.of(new KeptMessages(history, limits, base.metrics()));
    }

    /** What keeps or numbers messages: told of each before its subscribers are. */
    Recorder recorder() {
        return history;
    }

    /** What a new subscriber may get: that of the first that has something. */
    List<FirstMessageSource> sources() {
        return sources;
    }

    /**
     * Starts to keep messages, and goes on as soon as the message broker is there.
     *
     * @param lane runs what may wait for the message broker
     * @throws IllegalArgumentException if the message broker will never bring the messages of a rule
     */
    void start(Routes routes, NodeTimer timer, Executor lane) {
        HistoryFeeds feeds = new HistoryFeeds(history, routes);
        timer.every(FORGETS_EVERY, history::forgetOld);
        timer.every(OPENS_FEEDS_EVERY, () -> feeds.openLater(lane));
    }

    /** Tells in the log where a bean answers instead of a last value. The application can be asked now. */
    void tellAnswered(Application application) {
        history.patternsOfValues().stream()
                .filter(application::answersSome)
                .forEach(pattern -> LOG.log(
                        System.Logger.Level.INFO,
                        "where an @OnSubscribe bean answers, subscribers get its answer, not the last value (" + pattern
                                + " of " + Setting.LAST_VALUE.key() + ")"));
    }

    /** The last values of topics. */
    LastValues lastValues() {
        return new KeptValues(history);
    }
}
