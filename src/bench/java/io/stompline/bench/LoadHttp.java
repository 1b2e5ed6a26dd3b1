package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session of Stompline over plain HTTP: a stream or polls on one connection, what the client sends on another one,
 * which is open as long as the server wants. One thread at a time.
 */
final class LoadHttp implements LoadWay, LoadEvents.Reader {
    private static final Pattern OPENING = Pattern.compile("\"session\":\"([^\"]+)\",\"secret\":\"([^\"]+)\"");
    private static final byte[] NOTHING = {};

    private final boolean polls;
    private final Receiver receiver;
    private final LoadRequests down;
    private final LoadRequests up;
    private final LoadEvents events = new LoadEvents(this);
    private final LoadSilence silence = new LoadSilence();
    private boolean open = true;
    private String path = "";
    private String secret = "";
    private long sent;
    private long batches;

    LoadHttp(LoadLoop loop, Endpoint server, boolean polls, Receiver receiver) {
        this.polls = polls;
        this.receiver = receiver;
        this.down = new LoadRequests(loop, server, this::fail);
        this.up = new LoadRequests(loop, server, this::fail);
    }

    /** The first octets that the receiver sends open the session. */
    @Override
    public void open() {
        receiver.opened();
    }

    @Override
    public void send(byte[] octets) {
        if (!open) {
            return;
        }
        if (path.isEmpty()) {
            down.post("", polls ? "Accept: application/json\r\n" : "", octets, polls ? new Opening() : new Stream());
        } else {
            up.post(path + "?n=" + ++sent, secret, octets, new Taken());
        }
    }

    @Override
    public LoadSocket socket() {
        return down.socket();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public long longestSilenceNanos(long nowNanos) {
        return silence.longestNanos(nowNanos);
    }

    @Override
    public void event(String name, byte[] bytes, int start, int end) throws IOException {
        switch (name) {
            case "" -> receiver.message(bytes, start, end);
            case "b" -> {
                byte[] octets = Base64.getDecoder().decode(text(bytes, start, end));
                receiver.message(octets, 0, octets.length);
            }
            case "open" -> begin(text(bytes, start, end));
            default -> throw new IOException("the server closed a session: " + text(bytes, start, end));
        }
    }

    @Override
    public void ping() {
        send(NOTHING);
    }

    private void begin(String json) throws IOException {
        Matcher names = OPENING.matcher(json);
        if (!names.find()) {
            throw new IOException("no session but " + json);
        }
        path = "/" + names.group(1);
        secret = "Stompline-Secret: " + names.group(2) + "\r\n";
    }

    private void poll() {
        down.post(path + "/poll?ack=" + batches, secret, NOTHING, new Batch());
    }

    private void fail() {
        open = false;
        down.drop();
        up.drop();
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The answer that brings all messages. */
    private final class Stream implements LoadAnswer.Reader {
        @Override
        public void part(byte[] bytes, int start, int end) throws IOException {
            silence.end();
            events.read(bytes, start, end);
        }

        @Override
        public void whole() throws IOException {
            throw new IOException("the server ended a stream");
        }
    }

    /** The answer that begins polls. */
    private final class Opening implements LoadAnswer.Reader {
        private final StringBuilder json = new StringBuilder();

        @Override
        public void part(byte[] bytes, int start, int end) {
            json.append(text(bytes, start, end));
        }

        @Override
        public void whole() throws IOException {
            begin(json.toString());
            poll();
        }
    }

    /** The answer to a poll. */
    private final class Batch implements LoadAnswer.Reader {
        private boolean any;

        @Override
        public void part(byte[] bytes, int start, int end) throws IOException {
            any = true;
            silence.end();
            events.read(bytes, start, end);
        }

        @Override
        public void whole() {
            batches += any ? 1 : 0;
            poll();
        }
    }

    /** The answer to what was sent. */
    private static final class Taken implements LoadAnswer.Reader {
        @Override
        public void part(byte[] bytes, int start, int end) {
            // There is nothing to say.
        }

        @Override
        public void whole() {
            // The next one waits, or nothing does.
        }
    }
}
