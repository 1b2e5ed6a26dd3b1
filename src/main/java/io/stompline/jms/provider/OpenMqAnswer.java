package io.stompline.jms.provider;

import io.stompline.routing.BusException.Reason;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the message broker's answer from an exception of OpenMQ (seen in 6.5.1).
 *
 * <p>Its client has an error code of its own for few answers. For all others it says "a broker error occurred", with a
 * status like that of HTTP and the broker's sentence, which begins with the broker's own code. The resource adapter
 * gives that sentence only.
 */
final class OpenMqAnswer {
    /** Reasons by the message broker's codes, for any status; a code without reason means that it is leaving. */
    private static final Map<String, Optional<Reason>> BROKER_CODES = Map.of(
            "B2085", Optional.of(Reason.STORE_DAMAGED),
            "B4024", Optional.of(Reason.FULL),
            "B4025", Optional.of(Reason.FULL),
            "B4120", Optional.of(Reason.FULL),
            "B4121", Optional.of(Reason.FULL),
            "B4026", Optional.of(Reason.TOO_LARGE),
            "B4122", Optional.of(Reason.TOO_LARGE),
            "B4140", Optional.empty());

    private static final Pattern BROKER_CODE = Pattern.compile("\\[(B\\d{4})]");

    /** "A broker error occurred". */
    private static final String BROKER_ERROR = "C4036";

    private static final String TOO_LARGE = "C4095";

    private static final Pattern STATUS = Pattern.compile(":\\[(\\d{3})]");

    private static final String UNAVAILABLE = "503";

    /** As Linux, Windows and a quota say it; of a destination, which is stored before its first message, nothing. */
    private static final Pattern FULL_DISK = Pattern.compile(
            "No space left|not enough space|Disk quota exceeded|Failed to persist destination",
            Pattern.CASE_INSENSITIVE);

    /** Also for the rest of a destination that was made while the disk was full. */
    private static final Pattern DAMAGED_STORE = Pattern.compile("Failed to load message directory");

    /** Of a producer that has sent to a temporary queue before; another is told by a status of 4xx. */
    private static final Pattern GONE = Pattern.compile("Unknown Destination:temporary_destination:");

    private OpenMqAnswer() {}

    /** The message broker's answer; empty if it may not have answered at all, or is leaving. */
    static Optional<Reason> in(JMSException failure) {
        String text = String.valueOf(failure.getMessage());
        Matcher code = BROKER_CODE.matcher(text);
        while (code.find()) {
            if (BROKER_CODES.containsKey(code.group(1))) {
                return BROKER_CODES.get(code.group(1));
            }
        }
        if (DAMAGED_STORE.matcher(text).find()) {
            return Optional.of(Reason.STORE_DAMAGED);
        }
        if (FULL_DISK.matcher(text).find()) {
            return Optional.of(Reason.STORE_FULL);
        }
        if (GONE.matcher(text).find()) {
            return Optional.of(Reason.REFUSED);
        }
        if (TOO_LARGE.equals(failure.getErrorCode())) {
            return Optional.of(Reason.TOO_LARGE);
        }
        return BROKER_ERROR.equals(failure.getErrorCode()) ? ofStatus(text) : Optional.empty();
    }

    private static Optional<Reason> ofStatus(String text) {
        Matcher status = STATUS.matcher(text);
        if (!status.find()) {
            return Optional.of(Reason.FAILED);
        }
        if (status.group(1).equals(UNAVAILABLE)) {
            return Optional.empty();
        }
        return Optional.of(status.group(1).startsWith("4") ? Reason.REFUSED : Reason.FAILED);
    }
}
