package io.stompline.presence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The JSON that clients send of themselves, checked, and the JSON that watchers get. */
public final class InfoJson {
    /** Longest info, in octets of UTF-8. */
    public static final int MAX_BYTES = 1024;

    /** Readers of others have limits: a state with one info that passes them is of no use to them. */
    public static final int MAX_DEPTH = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private InfoJson() {}

    /**
     * What is wrong with an info.
     *
     * @return a predicate for a sentence; empty if it is one JSON value that is short enough
     */
    public static Optional<String> fault(String info) {
        // First the cheap test: a header may be long.
        if (info.length() > MAX_BYTES || info.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("has more than " + MAX_BYTES + " octets");
        }
        try (JsonParser parser = JSON.createParser(info)) {
            if (parser.nextToken() == null) {
                return Optional.of("is no JSON: it is empty");
            }
            parser.skipChildren();
            return parser.nextToken() == null ? Optional.empty() : Optional.of("is more than one JSON value");
        } catch (StreamConstraintsException e) {
            return Optional.of("is nested more than " + MAX_DEPTH + " deep, or has a number that is too long");
        } catch (IOException e) {
            return Optional.of("is no JSON");
        }
    }

    /** One member as watchers get it. */
    static String of(Member member) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("user", member.user());
            json.writeNumberField("sessions", member.sessions());
            json.writeFieldName("info");
            // It was checked when it came.
            json.writeRawValue(member.info().orElse("null"));
            json.writeStringField("since", time(member.since()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String time(Instant since) {
        return since.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Everybody, or the number alone. */
    static String state(int count, Optional<List<String>> members) {
        return "{\"type\":\"state\",\"count\":" + count
                + members.map(all -> ",\"members\":" + array(all)).orElse("") + "}";
    }

    /** Who came, left or has another info. */
    static String diff(int count, List<String> joined, List<String> left, List<String> changed) {
        return "{\"type\":\"diff\",\"count\":" + count + ",\"joined\":" + array(joined) + ",\"left\":" + array(left)
                + (changed.isEmpty() ? "" : ",\"changed\":" + array(changed)) + "}";
    }

    private static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }
}
