package io.stompline.frame;

/**
 * How large a received frame may be.
 *
 * @param maxFrameBytes command, headers and body together, in octets
 * @param maxHeaders header lines in one frame
 * @param maxHeaderLineBytes one header line as received, in octets
 * @param maxHeadersBytes all header lines of a frame as received, in octets
 * @param names the names of these limits, for errors
 */
public record FrameLimits(int maxFrameBytes, int maxHeaders, int maxHeaderLineBytes, int maxHeadersBytes, Names names) {
    /** The names that operators know the limits by: the keys of settings. */
    public record Names(String frameBytes, String headers, String headerLineBytes, String headersBytes) {}

    /** The same limits with a smaller (never a larger) limit for the whole frame. */
    public FrameLimits capped(int frameBytes) {
        return new FrameLimits(
                Math.min(maxFrameBytes, frameBytes), maxHeaders, maxHeaderLineBytes, maxHeadersBytes, names);
    }
}
