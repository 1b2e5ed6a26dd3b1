package io.stompline.app;

import io.stompline.api.LastValues;
import io.stompline.api.StompEvent;
import io.stompline.api.StompPresence;
import io.stompline.cluster.NodeChannel;
import io.stompline.config.JmsSettings;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.history.History;
import io.stompline.history.Seeding;
import io.stompline.history.rules.HistorySettings;
import io.stompline.presence.Presence;
import io.stompline.presence.PresenceRules;
import io.stompline.routing.hub.Recorder;
import io.stompline.routing.hub.Routes;
import io.stompline.session.first.FirstMessageSource;
import io.stompline.session.first.KeptMessages;
import io.stompline.session.first.ShownMembers;
import io.stompline.session.port.Application;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.threads.NodeTimer;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes what new subscribers get before the live stream, and what a node keeps for that. Thread-safe.
 */
final class Keepers {
    private static final System.Logger LOG = System.getLogger(Keepers.class.getName());
    private static final Duration OPENS_FEEDS_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGETS_EVERY = Duration.ofSeconds(10);
    private static final Duration TELLS_LAG_EVERY = Duration.ofSeconds(1);
    private static final Duration SEEDS_EVERY = Duration.ofSeconds(1);
    private static final Duration TELLS_PRESENCE_EVERY = Duration.ofMillis(100);

    /** Of a list of members. */
    private static final int MOST_STATE_BYTES = 128 * 1024;

    /**
     * The settings of what it makes.
     *
     * @param history what is kept of topics
     * @param presence of which topics it is known who is there
     * @param alone whether there can be no other node
     */
    record Options(HistorySettings history, PresenceRules presence, boolean alone) {
        static Options from(Settings settings) {
            return new Options(
                    HistorySettings.from(settings), PresenceRules.from(settings), JmsSettings.isEmbedded(settings));
        }
    }

    private final History history;
    private final NodeChannel channel;
    private final Seeding seeding;
    private final boolean alone;
    private final Presence presence;
    private final List<FirstMessageSource> sources;

    /**
     * Nothing is kept yet, and no other node is known.
     *
     * @param base its channel tells the other nodes
     */
    Keepers(Options options, SessionLimits limits, NodeBase base) {
        history = new History(options.history(), InstantSource.system(), base.metrics());
        channel = base.channel();
        seeding = new Seeding(history, options.history(), channel, InstantSource.system());
        alone = options.alone();
        presence = new Presence(
                options.presence(),
                Math.min(MOST_STATE_BYTES, limits.outbox().maxBytes() / 4),
                System::nanoTime,
                InstantSource.system(),
                base.metrics());
        presence.connect(base.channel());
        sources = List.of(new KeptMessages(history, limits, base.metrics()), new ShownMembers(presence));
    }

    /** What keeps or numbers messages: told of each before its subscribers are. */
    Recorder recorder() {
        return history;
    }

    /** Who is in which topic. */
    Presence presence() {
        return presence;
    }

    /** What a new subscriber may get: that of the first that has something. */
    List<FirstMessageSource> sources() {
        return sources;
    }

    /**
     * Starts to keep messages, and goes on as soon as the message broker is there.
     *
     * @param lanes each runs what may wait for the message broker
     * @throws IllegalArgumentException if the message broker will never bring the messages of a rule
     */
    void start(Routes routes, NodeTimer timer, Supplier<? extends Executor> lanes) {
        Executor lane = lanes.get();
        HistoryFeeds feeds = new HistoryFeeds(history, routes);
        timer.every(FORGETS_EVERY, history::forgetOld);
        timer.every(OPENS_FEEDS_EVERY, () -> feeds.openLater(lane));
        if (history.keepsSomething()) {
            history.connect(channel);
            timer.every(TELLS_LAG_EVERY, () -> history.beat(channel));
        }
        if (history.keepsSomething() && !alone) {
            seeding.connect(lanes);
            timer.every(SEEDS_EVERY, () -> seeding.step(feeds.areOpen(), lane));
        }
    }

    /** Whether this node has taken over what others keep, if there are any: new clients find it here. */
    boolean areReady() {
        return alone || seeding.isReady();
    }

    /**
     * Starts to tell who comes and goes.
     *
     * @param ticks runs what tells the clients
     * @param observers runs what tells the application, which may wait
     * @param events shows the application what happened
     */
    void startPresence(NodeTimer timer, Executor ticks, SerialLane observers, Consumer<StompEvent> events) {
        if (!presence.isOff()) {
            presence.listen(
                    event -> observers.execute(() -> events.accept(KnownMembers.event(event))), observers::isIdle);
            AtomicBoolean waits = new AtomicBoolean();
            timer.every(TELLS_PRESENCE_EVERY, () -> {
                // One at a time: a node that is slow must not gather them.
                if (!waits.getAndSet(true)) {
                    ticks.execute(() -> tickPresence(waits));
                }
            });
        }
    }

    private void tickPresence(AtomicBoolean waits) {
        waits.set(false);
        presence.tick();
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

    /** Who is in which topic, for the application. */
    StompPresence knownMembers() {
        return new KnownMembers(presence);
    }

    /** The last values of topics. */
    LastValues lastValues() {
        return new KeptValues(history);
    }
}
