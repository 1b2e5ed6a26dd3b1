package io.stompline.deflate;

import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which messages are worth compressing and may be.
 *
 * <p>The size of a compressed message tells whether one part of it repeats another. Who can have text of their own put
 * into a message beside a secret, and sees how large it is on the line, finds out the secret piece by piece (as BREACH
 * does with HTTP). What is for one user may be such a mix, so it is compressed where a setting says so only. Of a topic
 * or queue, every reader sees all anyway.
 *
 * @param userDestinations those of {@code /user/} that are compressed nevertheless
 */
record CompressibleMessages(List<TopicPattern> userDestinations) {
    /** Of less, headers of packets are the greater part. */
    static final int MIN_OCTETS = 1024;

    /** What is compressed already. */
    private static final Set<String> COMPRESSED_TYPES =
            Set.of("application/zip", "application/gzip", "application/x-gzip");

    private static final List<String> COMPRESSED_KINDS = List.of("image/", "audio/", "video/");

    /**
     * Whether a message is to be compressed.
     *
     * @param destination as its receivers know it
     * @param octets of the part of its frame that all receivers share
     */
    boolean has(String destination, Headers headers, int octets) {
        return octets >= MIN_OCTETS && isPlain(headers) && mayBeSeen(destination);
    }

    private static boolean isPlain(Headers headers) {
        String type = headers.first("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
        String essence = type.split(";", 2)[0].strip();
        return !headers.has("content-encoding")
                && !COMPRESSED_TYPES.contains(essence)
                && COMPRESSED_KINDS.stream().noneMatch(essence::startsWith);
    }

    /** Whether the size of its messages tells nothing that their reader would not. */
    private boolean mayBeSeen(String destination) {
        return Destination.parse(destination)
                .map(known -> switch (known.kind()) {
                    case TOPIC, QUEUE, PRESENCE -> true;
                    case USER -> userDestinations.stream().anyMatch(pattern -> pattern.matches(known));
                    case APP, TEMP_QUEUE -> false;
                })
                .orElse(false);
    }
}
