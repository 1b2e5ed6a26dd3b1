package io.stompline.app;

import io.stompline.monitoring.Monitoring;
import io.stompline.security.AccessControl;
import io.stompline.security.Authenticator;
import io.stompline.session.port.Application;
import io.stompline.session.port.SessionListener;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * What a node asks of its surroundings.
 *
 * @param authenticator finds out who connects
 * @param accessControl decides on what callers may do
 * @param application handles frames for beans
 * @param listener gets to know what happens on connections
 * @param monitoring exports metrics, if the server can
 * @param threads makes threads for a purpose: {@code lane}, which may run beans, {@code jms}, {@code writer}, {@code
 *     clock}
 */
record NodePorts(
        Authenticator authenticator,
        AccessControl accessControl,
        Application application,
        SessionListener listener,
        Optional<Monitoring> monitoring,
        Function<String, ThreadFactory> threads) {}
