package io.stompline.websocket.tyrus;

import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Closes connections of one listener whose client does not bring the header of a request to its end within 30 s.
 *
 * <p>Grizzly (seen in 4.0.2) closes a connection on which nothing comes for 30 s, but an octet now and then keeps it
 * open for ever. Its probes tell when octets of a header come and when it is whole; the state of a connection is an
 * attribute of it. WebSockets and other bodies come after a whole header and are left alone.
 */
final class HeaderDeadline implements InvocationHandler {
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** A timer may leave out parts of a millisecond. */
    private static final Duration SURELY_OVER = Duration.ofMillis(1);

    private static final String TO_CHAIN = "getProcessor";
    private static final String TO_PROBES = "getMonitoringConfig";
    private static final String HTTP_PROBE = "HttpProbe";
    private static final PrivateField KEEP_ALIVE = new PrivateField("keepAlive");

    private static final Object NONE = "nothing of the next header has come";
    private static final Object WHOLE = "the header is whole";

    /** The name of the attribute, of this object alone: several applications may watch the same listener. */
    private final String key = HeaderDeadline.class.getName() + '@' + System.identityHashCode(this);

    private final Method toAttributes;
    private final Method getter;
    private final Method setter;
    private final BiConsumer<Duration, Runnable> timer;
    private final LongSupplier nanoClock;
    private final Consumer<Object> late;
    private final Consumer<Exception> fault;

    /** A header of which something has come, for longer than one read if it is planned. */
    private record Begun(long sinceNanos, AtomicBoolean planned) {}

    /**
     * Of the listener that a connection came by.
     *
     * @param timer runs a short task after a time, or at once if the application ends
     * @param late is given connections to be closed
     * @param fault is told why a connection is not watched
     */
    HeaderDeadline(
            Class<?> connection,
            BiConsumer<Duration, Runnable> timer,
            LongSupplier nanoClock,
            Consumer<Object> late,
            Consumer<Exception> fault)
            throws ReflectiveOperationException {
        this.toAttributes = connection.getMethod("getAttributes");
        this.getter = toAttributes.getReturnType().getMethod("getAttribute", String.class);
        this.setter = toAttributes.getReturnType().getMethod("setAttribute", String.class, Object.class);
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.late = late;
        this.fault = fault;
    }

    /** The header of a connection is whole, perhaps since before its listener was watched. */
    void isWhole(Object connection) throws ReflectiveOperationException {
        setState(connection, WHOLE);
    }

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.connectionType(server).getMethod(TO_CHAIN);
    }

    /** The filters that all connections of a listener pass; one object for each listener. */
    static Object chain(Object connection) throws ReflectiveOperationException {
        return connection.getClass().getMethod(TO_CHAIN).invoke(connection);
    }

    /**
     * Watches the connections that pass this chain.
     *
     * @return ends it
     */
    AutoCloseable watch(Object chain) throws ReflectiveOperationException {
        Object codec = codec((Iterable<?>) chain);
        Object keepAlive = KEEP_ALIVE.of(codec);
        AutoCloseable ofRequests = addProbe(codec);
        AutoCloseable ofFurtherOnes = addProbe(keepAlive);
        return () -> {
            ofRequests.close();
            ofFurtherOnes.close();
        };
    }

    private static Object codec(Iterable<?> chain) throws ReflectiveOperationException {
        for (Object filter : chain) {
            if (probeType(filter)
                    .filter(type -> type.getSimpleName().equals(HTTP_PROBE))
                    .isPresent()) {
                return filter;
            }
        }
        throw new ClassNotFoundException("no filter with " + HTTP_PROBE);
    }

    /** The type argument of {@code MonitoringConfig<Probe> getMonitoringConfig()}, if that method is there. */
    private static Optional<Class<?>> probeType(Object monitored) {
        try {
            return monitored.getClass().getMethod(TO_PROBES).getGenericReturnType()
                                    instanceof ParameterizedType declared
                            && declared.getActualTypeArguments()[0] instanceof Class<?> type
                    ? Optional.of(type)
                    : Optional.empty();
        } catch (NoSuchMethodException notMonitored) {
            return Optional.empty();
        }
    }

    private AutoCloseable addProbe(Object monitored) throws ReflectiveOperationException {
        Class<?> type = probeType(monitored)
                .orElseThrow(
                        () -> new NoSuchMethodException(monitored.getClass().getName() + '.' + TO_PROBES));
        Object probes = Array.newInstance(type, 1);
        Array.set(probes, 0, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
        Method toConfig = monitored.getClass().getMethod(TO_PROBES);
        Object config = toConfig.invoke(monitored);
        Class<?> configType = toConfig.getReturnType();
        configType.getMethod("addProbes", Object[].class).invoke(config, probes);
        return () -> configType.getMethod("removeProbes", Object[].class).invoke(config, probes);
    }

    /** An event of a probe. Called at each read of each connection; must neither block nor throw. */
    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy's equals() would come here again
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        try {
            switch (method.getName()) {
                case "onDataReceivedEvent" -> received(arguments[0]);
                case "onHeaderParseEvent", "onErrorEvent" -> setState(arguments[0], WHOLE);
                case "onHitEvent" -> setState(arguments[0], NONE);
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "toString" -> {
                    return getClass().getName();
                }
                default -> {
                    // Of no interest.
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            fault.accept(e);
        }
        return null;
    }

    private void received(Object connection) throws ReflectiveOperationException {
        Object state = state(connection);
        if (WHOLE.equals(state)) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (!(state instanceof Begun begun)) {
            setState(connection, new Begun(now, new AtomicBoolean()));
        } else if (begun.planned().compareAndSet(false, true)) {
            // Not the connection itself: under a flood of them the closed ones would stay until their time comes.
            WeakReference<Object> watched = new WeakReference<>(connection);
            timer.accept(
                    LIMIT.plus(SURELY_OVER).minusNanos(now - begun.sinceNanos()), () -> closeIfStill(begun, watched));
        }
    }

    private void closeIfStill(Begun begun, WeakReference<Object> watched) {
        Object connection = watched.get();
        boolean over = nanoClock.getAsLong() - begun.sinceNanos() >= LIMIT.toNanos();
        try {
            if (over && connection != null && begun.equals(state(connection))) {
                late.accept(connection);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            fault.accept(e);
        }
    }

    private Object state(Object connection) throws ReflectiveOperationException {
        return getter.invoke(toAttributes.invoke(connection), key);
    }

    private void setState(Object connection, Object state) throws ReflectiveOperationException {
        setter.invoke(toAttributes.invoke(connection), key, state);
    }
}
