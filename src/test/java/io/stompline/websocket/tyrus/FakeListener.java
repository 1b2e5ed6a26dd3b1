package io.stompline.websocket.tyrus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A listener for connections that has the members of Grizzly's filters that the adaptations use. */
final class FakeListener {
    private final Config<HttpProbe> ofRequests = new Config<>();
    private final Config<KeepAliveProbe> ofFurtherOnes = new Config<>();
    private final List<Object> filters = List.of("a transport", new Codec(this));

    /** Events of requests. */
    interface HttpProbe {
        void onDataReceivedEvent(Object connection, Object octets);

        void onHeaderParseEvent(Object connection, Object header, int size);
    }

    /** Events of connections with several requests. */
    interface KeepAliveProbe {
        void onHitEvent(Object connection, int number);
    }

    /** Who is told of events. */
    static final class Config<E> {
        private final List<E> probes = new ArrayList<>();

        public void addProbes(E[] added) {
            Collections.addAll(probes, added);
        }

        public void removeProbes(E[] removed) {
            probes.removeAll(List.of(removed));
        }
    }

    /** What is noted of a connection. */
    static final class Attributes {
        private final Map<String, Object> values = new HashMap<>();

        public Object getAttribute(String name) {
            return values.get(name);
        }

        public void setAttribute(String name, Object value) {
            values.put(name, value);
        }
    }

    record KeepAlive(FakeListener listener) {
        public Config<KeepAliveProbe> getMonitoringConfig() {
            return listener.ofFurtherOnes;
        }
    }

    /** The filter that reads headers. */
    static final class Codec {
        private final FakeListener listener;
        final KeepAlive keepAlive;

        Codec(FakeListener listener) {
            this.listener = listener;
            this.keepAlive = new KeepAlive(listener);
        }

        public Config<HttpProbe> getMonitoringConfig() {
            return listener.ofRequests;
        }
    }

    List<Object> filters() {
        return filters;
    }

    /** How many probes there are. */
    int probes() {
        return ofRequests.probes.size() + ofFurtherOnes.probes.size();
    }

    /** Octets came. */
    void data(Object connection) {
        ofRequests.probes.forEach(probe -> probe.onDataReceivedEvent(connection, "octets"));
    }

    /** A header is whole. */
    void header(Object connection) {
        ofRequests.probes.forEach(probe -> probe.onHeaderParseEvent(connection, "header", 1));
    }

    /** One more request begins. */
    void hit(Object connection) {
        ofFurtherOnes.probes.forEach(probe -> probe.onHitEvent(connection, 1));
    }
}
