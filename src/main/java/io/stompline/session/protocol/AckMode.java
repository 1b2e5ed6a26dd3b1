package io.stompline.session.protocol;

import java.util.Optional;

/** How a subscriber acknowledges messages (STOMP 1.2, "SUBSCRIBE ack Header"). */
public enum AckMode {
    /** No acknowledgement: a message counts as acknowledged when the socket took it. */
    AUTO("auto"),
    /** Cumulatively: an ACK stands for the message and all before it. */
    CLIENT("client"),
    /** Each message alone. */
    CLIENT_INDIVIDUAL("client-individual");

    private final String header;

    AckMode(String header) {
        this.header = header;
    }

    /** The mode for the {@code ack} header; {@code auto} if there is none. */
    static AckMode of(Optional<String> header) {
        String wanted = header.orElse(AUTO.header);
        for (AckMode mode : values()) {
            if (mode.header.equals(wanted)) {
                return mode;
            }
        }
        throw new StompException(StompError.INVALID_HEADER, "ack must be auto, client or client-individual");
    }
}
