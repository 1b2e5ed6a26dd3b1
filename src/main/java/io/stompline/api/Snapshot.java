package io.stompline.api;

import java.util.OptionalLong;

/**
 * The first message of a new subscriber, see {@link OnSubscribe}.
 *
 * @param payload as for {@link StompPublisher}; written after the method has returned, so a collection that others
 *     change has to be copied
 * @param version how far the snapshot has come, if that is counted
 */
public record Snapshot(Object payload, OptionalLong version) {
    /** The header of messages that counts the changes of a snapshot. */
    public static final String VERSION_HEADER = "version";

    /**
     * A snapshot that shows every change up to and including this one; messages of that or an earlier version are not
     * sent after it.
     */
    public static Snapshot upTo(long version, Object payload) {
        return new Snapshot(payload, OptionalLong.of(version));
    }
}
