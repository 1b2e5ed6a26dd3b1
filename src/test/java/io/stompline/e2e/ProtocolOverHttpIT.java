package io.stompline.e2e;

import io.stompline.e2e.support.RawClient.Way;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol where no WebSocket gets through, over streams and over polls. */
class ProtocolOverHttpIT {
    @Nested
    class ConnectByStream extends ProtocolConnectIT {
        @RegisterExtension
        static final Way OVER = Way.STREAM;
    }

    @Nested
    class ConnectByPolls extends ProtocolConnectIT {
        @RegisterExtension
        static final Way OVER = Way.POLLS;
    }

    @Nested
    class FrameByStream extends ProtocolFrameIT {
        @RegisterExtension
        static final Way OVER = Way.STREAM;
    }

    @Nested
    class FrameByPolls extends ProtocolFrameIT {
        @RegisterExtension
        static final Way OVER = Way.POLLS;
    }

    @Nested
    class SubscribeByStream extends ProtocolSubscribeIT {
        @RegisterExtension
        static final Way OVER = Way.STREAM;

        @Override
        void message_burst_isOneWebSocketMessagePerFrame() {
            // An event may have several frames.
        }
    }

    @Nested
    class SubscribeByPolls extends ProtocolSubscribeIT {
        @RegisterExtension
        static final Way OVER = Way.POLLS;

        @Override
        void message_burst_isOneWebSocketMessagePerFrame() {
            // An answer may have several frames.
        }
    }

    @Tag("long")
    @Nested
    class AckByStream extends ProtocolAckIT {
        @RegisterExtension
        static final Way OVER = Way.STREAM;
    }

    @Tag("long")
    @Nested
    class AckByPolls extends ProtocolAckIT {
        @RegisterExtension
        static final Way OVER = Way.POLLS;
    }
}
