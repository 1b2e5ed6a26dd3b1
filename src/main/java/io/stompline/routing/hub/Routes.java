package io.stompline.routing.hub;

import io.stompline.config.Settings;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.MessageBus;
import io.stompline.routing.SplitBus;
import java.time.InstantSource;

/**
 * The ways of messages through one node. Its parts are thread-safe.
 *
 * @param bus to and from the message broker, local topics included
 * @param router subscribers by topic
 * @param users subscribers by {@code /user/…} destination
 */
public record Routes(MessageBus bus, Router router, UserRouter users) {
    /**
     * The settings of this package.
     *
     * @param localTopics topics in the memory of this node
     */
    public record Options(LocalTopics localTopics) {
        /** As the settings say. */
        public static Options from(Settings settings) {
            return new Options(LocalTopics.from(settings));
        }
    }

    /**
     * Routes on which nothing is subscribed yet.
     *
     * @param broker the message broker
     * @param recorder keeps messages
     * @param clock the time of day
     */
    public static Routes of(Options options, MessageBus broker, Recorder recorder, InstantSource clock) {
        MessageBus bus = SplitBus.of(broker, options.localTopics(), clock);
        Router router = new Router(bus, recorder);
        return new Routes(bus, router, new UserRouter(router, recorder));
    }
}
