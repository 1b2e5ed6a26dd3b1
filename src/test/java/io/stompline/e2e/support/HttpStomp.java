package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A session over plain HTTP that sends what it is told and hands out frames as text. One thread at a time. */
public final class HttpStomp implements AutoCloseable {
    /** The octets of a CONNECT as user1. */
    public static final String CONNECT =
            "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:user1\npasscode:user1\n\n\0";

    /** What a body may have before CONNECTED. */
    private static final int MOST_OCTETS = 16 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    /** Where requests go, in turn. */
    private final List<URI> endpoints = new ArrayList<>();

    private int turn;
    private final Map<String, String> headers = new TreeMap<>();
    private final boolean polls;
    private BufferedReader events = new BufferedReader(new StringReader(""));
    private String session = "";
    private String unread = "";
    private volatile String end = "";
    private boolean answersPings;
    private int sent;
    private int batches;

    private HttpStomp(URI stompUri, boolean polls) {
        this.endpoint = endpoint(stompUri);
        this.endpoints.add(endpoint);
        this.polls = polls;
    }

    private static URI endpoint(URI stompUri) {
        return URI.create(stompUri.toString().replaceFirst("^ws", "http") + "/http");
    }

    /** Sends each further request to the next of the servers, as a balancer does. */
    public HttpStomp inTurnWith(URI stompUri) {
        endpoints.add(endpoint(stompUri));
        return this;
    }

    /** Sends each further request to that server. */
    public HttpStomp onlyAt(URI stompUri) {
        endpoints.clear();
        return inTurnWith(stompUri);
    }

    /** Opens a session with a stream. */
    public static HttpStomp stream(URI stompUri, String octets, Map<String, String> headers) {
        return new HttpStomp(stompUri, false).open(octets, headers);
    }

    /** Opens a session that polls. */
    public static HttpStomp polling(URI stompUri, String octets) {
        return polling(stompUri, octets, Map.of());
    }

    /** The same, with headers in each request. */
    public static HttpStomp polling(URI stompUri, String octets, Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Accept", "application/json");
        return new HttpStomp(stompUri, true).open(octets, all);
    }

    /** The answer to an opening that is refused, perhaps. */
    public static HttpResponse<String> tryOpening(URI stompUri, String method, Map<String, String> headers) {
        HttpStomp none = new HttpStomp(stompUri, false);
        none.headers.putAll(headers);
        return none.request(method, "", method.equals("POST") ? CONNECT : "");
    }

    private HttpStomp open(String octets, Map<String, String> headersOfOpening) {
        try {
            headers.putAll(headersOfOpening);
            var response = http.send(
                    builder("", Map.of("Content-Type", "application/stomp"))
                            .POST(BodyPublishers.ofString(octets))
                            .build(),
                    BodyHandlers.ofInputStream());
            headers.remove("Accept");
            assertThat(response.statusCode()).isEqualTo(200);
            events = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            JsonNode opened = new ObjectMapper().readTree(polls ? events.readLine() : nextEvent("open"));
            session = "/" + opened.get("session").asText();
            headers.put("Stompline-Secret", opened.get("secret").asText());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder builder(String path, Map<String, String> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoints.get(turn++ % endpoints.size()) + path))
                .timeout(LIMIT);
        Map<String, String> all = new TreeMap<>(headers);
        all.putAll(more);
        all.forEach(request::setHeader);
        return request;
    }

    /** Sends octets under the next number. */
    public int send(String octets) {
        return send(++sent, octets);
    }

    /** Sends octets under a number. */
    public int send(int number, String octets) {
        sent = Math.max(sent, number);
        return post("?n=" + number, octets, Map.of()).statusCode();
    }

    /** Sends octets, and whether they were taken comes later. */
    public CompletableFuture<Integer> sendLater(HttpRequest.BodyPublisher octets) {
        return http.sendAsync(
                        builder(session + "?n=" + ++sent, Map.of("Content-Type", "application/stomp"))
                                .POST(octets)
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }

    /** Sends the beginning of octets under the next number, on a socket of its own. */
    public Socket beginToSend(String octets, int length) throws IOException {
        Socket socket = socket();
        sendOn(socket, octets, length);
        return socket;
    }

    /** A connection to the server. */
    public Socket socket() throws IOException {
        Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    /** Sends the beginning of octets under the next number. */
    public void sendOn(Socket socket, String octets, int length) throws IOException {
        String head = "POST " + endpoint.getPath() + session + "?n=" + ++sent + " HTTP/1.1\r\nHost: "
                + endpoint.getAuthority() + "\r\nContent-Type: application/stomp\r\nStompline-Secret: "
                + headers.get("Stompline-Secret") + "\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write((head + octets).getBytes(StandardCharsets.UTF_8));
    }

    /** Posts to the session, below its path, with headers that replace those that it has otherwise. */
    public HttpResponse<String> post(String suffix, String body, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", "application/stomp");
        all.putAll(more);
        return request("POST", session + suffix, body, all);
    }

    private HttpResponse<String> request(String method, String path, String body) {
        return request(method, path, body, headers);
    }

    /** Asks with any method for the session. */
    public HttpResponse<String> ask(String method, Map<String, String> more) {
        return request(method, session, "", more);
    }

    private HttpResponse<String> request(String method, String path, String body, Map<String, String> more) {
        try {
            return http.send(
                    builder(path, more)
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Polls, once the batches are read that have come. */
    public HttpResponse<String> poll(int acknowledged) {
        return post("/poll?ack=" + acknowledged, "", Map.of());
    }

    /** The next frame, without the NUL. */
    public String next() {
        while (unread.indexOf('\0') < 0) {
            unread = (unread + nextEvent("")).replaceFirst("^\n+", "");
        }
        String frame = unread.substring(0, unread.indexOf('\0'));
        unread = unread.substring(frame.length() + 1).replaceFirst("^\n+", "");
        return frame;
    }

    /** The next piece of what the server sends; for a thread of its own, beside the one that sends. */
    String piece() {
        answersPings = true;
        return nextEvent("close");
    }

    /**
     * How the server ended it.
     *
     * @param code as that of a WebSocket
     */
    record Ending(int code, String reason) {}

    /** How it ended; empty while it has not. */
    Optional<Ending> ending() {
        if (end.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(end);
            return Optional.of(
                    new Ending(json.get("code").asInt(), json.get("reason").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends octets in as many requests as they need, at least one, until the session is over. */
    synchronized void sendAll(byte[] octets) {
        int at = 0;
        do {
            int length = Math.min(MOST_OCTETS, octets.length - at);
            int status =
                    sendLater(BodyPublishers.ofByteArray(octets, at, length)).join();
            assertThat(status).isIn(204, 410);
            at += length;
        } while (at < octets.length);
    }

    /** Ends as a client does whose page is closed. */
    void leave() {
        post("/close", "", Map.of());
    }

    /** The JSON of the last event, which ends the session. */
    public String end() {
        while (end.isEmpty()) {
            unread += nextEvent("close");
        }
        return end;
    }

    /** Data of the next event; of one with another name only if it is wanted. */
    private String nextEvent(String wanted) {
        try {
            String name = "";
            StringBuilder data = new StringBuilder();
            boolean any = false;
            for (String line = line(); !line.isEmpty() || !any; line = line()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (answersPings && line.equals(": ping")) {
                    sendAll(new byte[0]);
                } else if (line.startsWith("data: ")) {
                    data.append(any ? "\n" : "").append(line.substring(6));
                    any = true;
                }
            }
            if (name.equals("close")) {
                end = data.toString();
            }
            assertThat(name).as(data.toString()).isIn(wanted, "", "b");
            return switch (name) {
                case "b" -> new String(Base64.getDecoder().decode(data.toString()), StandardCharsets.UTF_8);
                case "close" -> "";
                default -> data.toString();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        String line = events.readLine();
        while (line == null && polls) {
            HttpResponse<String> batch = poll(batches);
            assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
            batches += batch.body().isEmpty() ? 0 : 1;
            events = new BufferedReader(new StringReader(batch.body()));
            line = events.readLine();
        }
        if (line == null) {
            throw new IOException("the stream ended");
        }
        return line;
    }

    /** Breaks the stream off, as a lost line would. */
    public void breakOff() throws IOException {
        events.close();
    }

    @Override
    public void close() throws IOException {
        post("/close", "", Map.of());
        events.close();
    }
}
