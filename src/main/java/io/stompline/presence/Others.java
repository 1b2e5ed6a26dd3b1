package io.stompline.presence;

import io.stompline.cluster.NodeChannel;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** The other nodes, as this package uses them. Thread-safe; does not block. */
interface Others {
    /** The name of this node among them; empty until it has joined them. */
    String self();

    /** The nodes that are heard, without this one. */
    Set<String> heard();

    /** Whether notes get through now, as far as this node can tell. */
    boolean isConnected();

    /** Whether this node leaves them, so that they look after its members. */
    boolean isLeaving();

    /** Says later what there is to say by then. */
    void say(Duration delay, Supplier<String> text);

    /** Asks a node for all its members. */
    void ask(String node);

    /** Nobody, ever. */
    Others NONE = new Others() {
        @Override
        public String self() {
            return "";
        }

        @Override
        public Set<String> heard() {
            return Set.of();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean isLeaving() {
            return false;
        }

        @Override
        public void say(Duration delay, Supplier<String> text) {
            // Nobody hears it.
        }

        @Override
        public void ask(String node) {
            // Nobody answers.
        }
    };

    /** Those of a channel. */
    record OnChannel(NodeChannel channel) implements Others {
        /** Kind of notes: {@link MemberNote}. */
        static final String MEMBERS = "PRESENCE";

        /** Kind of notes: asks for all members of the node that the text names. */
        static final String ASK = "PRESENCE_ASK";

        @Override
        public String self() {
            return channel.name();
        }

        @Override
        public Set<String> heard() {
            return channel.others();
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isLeaving() {
            return channel.isLeaving();
        }

        @Override
        public void say(Duration delay, Supplier<String> text) {
            channel.sayGathered(delay, MEMBERS, text);
        }

        @Override
        public void ask(String node) {
            channel.sayLater(ASK, node);
        }
    }
}
