package io.stompline.security.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one {@code Forwarded} header (RFC 7239, 4).
 *
 * <p>A proxy appends to the line of the client, and a client can write a line that makes the appended part unreadable.
 * So a line with a fault anywhere counts as empty.
 */
final class ForwardedLine {
    private final String line;
    private final List<Hop> hops = new ArrayList<>();
    private final Map<String, String> element = new HashMap<>();
    private int at;

    private ForwardedLine(String line) {
        this.line = line;
    }

    /** A fault in the grammar. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The hops that proxies name, the first proxy first. */
    static List<Hop> hops(String line) {
        try {
            return new ForwardedLine(line).read();
        } catch (MalformedException e) {
            return List.of(Hop.MALFORMED);
        }
    }

    private List<Hop> read() throws MalformedException {
        skipBlanks();
        while (at < line.length()) {
            switch (line.charAt(at)) {
                case ';' -> at++;
                case ',' -> {
                    at++;
                    endElement();
                }
                default -> readPair();
            }
            skipBlanks();
        }
        endElement();
        return hops;
    }

    private void endElement() {
        if (!element.isEmpty()) {
            hops.add(new Hop(parameter("for"), parameter("proto"), parameter("host")));
            element.clear();
        }
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(element.get(name));
    }

    private void readPair() throws MalformedException {
        String name = readToken().toLowerCase(Locale.ROOT);
        check(at < line.length() && line.charAt(at) == '=');
        at++;
        boolean quoted = at < line.length() && line.charAt(at) == '"';
        check(element.put(name, quoted ? readQuoted() : readToken()) == null);
        skipBlanks();
        check(at == line.length() || line.charAt(at) == ';' || line.charAt(at) == ',');
    }

    private String readToken() throws MalformedException {
        int start = at;
        while (at < line.length() && " \t;,=\"".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        check(at > start);
        return line.substring(start, at);
    }

    private String readQuoted() throws MalformedException {
        StringBuilder text = new StringBuilder();
        for (at++; at < line.length(); at++) {
            if (line.charAt(at) == '"') {
                at++;
                return text.toString();
            }
            if (line.charAt(at) == '\\') {
                at++;
                check(at < line.length());
            }
            text.append(line.charAt(at));
        }
        throw new MalformedException();
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private static void check(boolean well) throws MalformedException {
        if (!well) {
            throw new MalformedException();
        }
    }
}
