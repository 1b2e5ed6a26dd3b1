package io.stompline.session.protocol;

import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The version and heart-beats that CONNECT and CONNECTED agree on (STOMP 1.2, "Connecting").
 *
 * @param version the protocol version
 * @param offered the heart-beats that the server offers to this client
 * @param heartBeats the heart-beats that the server sends and expects
 */
public record Negotiation(Version version, HeartBeats offered, HeartBeats heartBeats) {
    /**
     * Reads a CONNECT.
     *
     * @param subprotocol the version that the transport negotiated, preferred where {@code accept-version} has it
     * @throws StompException UNSUPPORTED_VERSION or INVALID_HEADER
     */
    public static Negotiation of(Frame connect, Optional<Version> subprotocol, SessionLimits.HeartBeatLimits limits) {
        Version version = version(header(connect, "accept-version"), subprotocol);
        // 1.0 has no such header: whatever it says there is the client's own affair.
        HeartBeats client = header(connect, "heart-beat")
                .filter(header -> version.isAtLeast(Version.V1_1))
                .map(HeartBeats::parse)
                .orElse(HeartBeats.NONE);
        HeartBeats offered = limits.offer().to(client, limits.shortest());
        return new Negotiation(version, offered, offered.agree(client));
    }

    /** Empty means absent. */
    private static Optional<String> header(Frame connect, String name) {
        return connect.header(name).filter(value -> !value.isBlank());
    }

    private static Version version(Optional<String> accepted, Optional<Version> subprotocol) {
        if (accepted.isEmpty()) {
            // 1.2 "Protocol Negotiation": without the header it is 1.0.
            return Version.V1_0;
        }
        List<Version> common = Arrays.stream(accepted.get().split(","))
                .map(String::strip)
                .flatMap(number -> Version.ofNumber(number).stream())
                .sorted()
                .toList();
        if (common.isEmpty()) {
            throw new StompException(
                    StompError.UNSUPPORTED_VERSION,
                    "Supported protocol versions are " + numbers(" "),
                    Headers.of("version", numbers(",")));
        }
        return subprotocol.filter(common::contains).orElse(common.get(common.size() - 1));
    }

    private static String numbers(String separator) {
        return Arrays.stream(Version.values()).map(Version::number).collect(Collectors.joining(separator));
    }
}
