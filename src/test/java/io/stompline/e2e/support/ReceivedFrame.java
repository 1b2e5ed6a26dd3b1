package io.stompline.e2e.support;

import java.util.List;
import java.util.Optional;

/**
 * A frame as it came over the wire.
 *
 * @param headerLines in their order, escapes and all
 */
public record ReceivedFrame(String command, List<String> headerLines, String body) {
    /** Reads what {@link RawClient#next()} gives. */
    public static ReceivedFrame of(String text) {
        int headEnd = text.indexOf("\n\n");
        List<String> head = List.of(text.substring(0, headEnd).split("\n", -1));
        return new ReceivedFrame(head.get(0), head.subList(1, head.size()), text.substring(headEnd + 2));
    }

    /** The next frame of a client. */
    public static ReceivedFrame next(RawClient client) throws InterruptedException {
        return of(client.next());
    }

    /** The value of the first header of that name, escaped as it came. */
    public Optional<String> find(String name) {
        return headerLines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst();
    }

    /** The value of a header that must be there. */
    public String header(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + this));
    }
}
