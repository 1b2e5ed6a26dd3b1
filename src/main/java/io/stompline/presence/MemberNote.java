package io.stompline.presence;

import io.stompline.routing.Destination;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one node tells the others of its own members.
 *
 * @param from the version of its members before the changes; the receiver has that one, or misses something
 * @param to the version with them
 * @param begins whether all members follow, in this note and in those after it
 * @param ends whether those are all: who was not named since it began is gone
 * @param ready whether the node may be the one that fires events
 */
record MemberNote(long from, long to, boolean begins, boolean ends, boolean ready, List<Change> changes) {
    /** What became of one member of that node. */
    record Change(Destination topic, String user, Entry entry) {
        private static final int WORDS = 6;

        String line() {
            return String.join(
                    " ",
                    encoded(topic.text()),
                    encoded(user),
                    Integer.toString(entry.sessions()),
                    Long.toString(entry.since()),
                    Long.toString(entry.infoAt()),
                    encoded(entry.info().orElse("")));
        }

        private static Change read(String line) {
            String[] words = line.split(" ", -1);
            if (words.length < WORDS) {
                throw new IllegalArgumentException("too few words");
            }
            return new Change(
                    Destination.parse(decoded(words[0])).orElseThrow(),
                    decoded(words[1]),
                    new Entry(
                            Integer.parseInt(words[2]),
                            Long.parseLong(words[3]),
                            Optional.of(decoded(words[5])).filter(info -> !info.isEmpty()),
                            Long.parseLong(words[4])));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    private static final String BEGINS = "begins";
    private static final String ENDS = "ends";
    private static final String READY = "ready";

    MemberNote {
        changes = List.copyOf(changes);
    }

    /** The text that {@link #read} reads: a line for the note, one for each change. */
    String text() {
        StringBuilder text = new StringBuilder().append(from).append(' ').append(to);
        text.append(begins ? " " + BEGINS : "").append(ends ? " " + ENDS : "").append(ready ? " " + READY : "");
        changes.forEach(change -> text.append('\n').append(change.line()));
        return text.toString();
    }

    /** The note of a text; empty if it is none, as of another version of Stompline. */
    static Optional<MemberNote> read(String text) {
        try {
            List<String> lines = text.lines().toList();
            List<String> words = List.of(lines.get(0).split(" "));
            List<Change> changes = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                changes.add(Change.read(line));
            }
            return Optional.of(new MemberNote(
                    Long.parseLong(words.get(0)),
                    Long.parseLong(words.get(1)),
                    words.contains(BEGINS),
                    words.contains(ENDS),
                    words.contains(READY),
                    changes));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
