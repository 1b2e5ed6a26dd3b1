package io.stompline.session.protocol;

import io.stompline.bounds.Printable;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;

/** Says where a malformed frame is at fault, for an ERROR: the line, and the frame as far as it could be read. */
public final class FaultPlace {
    private static final int MAX_NAME = 40;
    private static final int MAX_VALUE = 20;

    private FaultPlace() {}

    /**
     * Follows the detail of the ERROR.
     *
     * @param version the negotiated version
     * @param limits how long headers may be
     */
    public static String of(MalformedFrameException fault, Version version, ClientFrame.HeaderLimits limits) {
        String line = fault.line().map(FaultPlace::line).orElse("");
        return line
                + fault.begun()
                        .map(frame -> "\nin the frame " + new ClientFrame(frame, version, limits).title())
                        .orElse("");
    }

    private static String line(String faulty) {
        int colon = faulty.indexOf(':');
        if (colon <= 0) {
            return "\nat the line '" + cut(faulty, MAX_VALUE) + "'";
        }
        String name = faulty.substring(0, colon);
        String header = "\nat the header '" + cut(name, MAX_NAME) + "'";
        return HeaderNames.isCredential(name)
                ? header
                : header + " with the value '" + cut(faulty.substring(colon + 1), MAX_VALUE) + "'";
    }

    private static String cut(String words, int maxChars) {
        return Printable.of(words.length() > maxChars ? words.substring(0, maxChars) + "…" : words);
    }
}
