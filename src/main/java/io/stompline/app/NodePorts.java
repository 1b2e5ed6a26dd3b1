package io.stompline.app;

import io.stompline.api.StompEvent;
import io.stompline.monitoring.Monitoring;
import io.stompline.security.Access;
import io.stompline.session.port.Application;
import io.stompline.session.port.SessionListener;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The ports through which a node uses its surroundings.
 *
 * @param access checks who connects, and what callers may do
 * @param application handles frames for beans
 * @param listener called for events of connections
 * @param events shows the application who came to a topic, and who left; may wait
 * @param monitoring exports metrics, if the server can
 * @param guide the page of the guide, if the application has it: its path on this server
 * @param threads makes threads for a purpose: {@code lane}, which may run beans, {@code inbox}, which uses data
 *     sources of the server, {@code jms}, {@code writer}, {@code clock}, {@code keys}
 */
record NodePorts(
        Access.Ports access,
        Application application,
        SessionListener listener,
        Consumer<StompEvent> events,
        Optional<Monitoring> monitoring,
        Optional<String> guide,
        Function<String, ThreadFactory> threads) {}
