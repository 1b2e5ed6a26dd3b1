package io.stompline.session;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.session.port.Handshake;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One connection as its client sees it, and the session behind it. One thread. */
final class TestClient {
    final FakeWire wire = new FakeWire();
    final StompSession session;
    private final TestNode node;
    private final SerialLane lane = new SerialLane(Runnable::run);
    private Version version = Version.V1_0;
    private int read;

    TestClient(TestNode node, SessionServices services, Handshake handshake) {
        this.node = node;
        this.session = new StompSession(services, handshake, wire, lane, Runnable::run);
    }

    /** Logs in with the name as passcode. */
    void connect(String name, Version wanted, String... headers) {
        String[] credentials = {"accept-version", wanted.number(), "host", "localhost", "login", name, "passcode", name
        };
        send(
                Command.CONNECT,
                Stream.concat(Stream.of(credentials), Stream.of(headers)).toArray(String[]::new));
        version = wanted;
    }

    /** Sends a frame without a body. */
    void send(Command command, String... headers) {
        send(new Frame(command, Headers.of(headers), Body.empty()));
    }

    void publish(String destination, String body, String... headers) {
        Headers all = new Headers.Builder()
                .add("destination", destination)
                .addAll(Headers.of(headers))
                .build();
        send(new Frame(Command.SEND, all, Body.utf8(body)));
    }

    void subscribe(String id, String destination, String... headers) {
        String[] first = {"id", id, "destination", destination};
        send(
                Command.SUBSCRIBE,
                Stream.concat(Stream.of(first), Stream.of(headers)).toArray(String[]::new));
    }

    private void send(Frame frame) {
        receive(FrameEncoder.encode(frame, version).toBytes());
    }

    /** Sends text as it stands. */
    void raw(String text) {
        receive(text.getBytes(StandardCharsets.UTF_8));
    }

    private void receive(byte[] bytes) {
        session.heard();
        lane.execute(() -> session.receive(ByteBuffer.wrap(bytes)));
        node.deliveries.runAll();
    }

    /** Lets time pass, with a tick at its end. */
    void pass(Duration time) {
        node.clock.pass(time);
        session.tick();
        node.deliveries.runAll();
    }

    /** The frames that came since the last call, in short. */
    List<String> received() {
        List<Frame> all = wire.frames();
        List<String> fresh =
                all.subList(read, all.size()).stream().map(TestClient::shown).toList();
        read = all.size();
        return fresh;
    }

    /** The last frame that came. */
    Frame last() {
        List<Frame> all = wire.frames();
        return all.get(all.size() - 1);
    }

    /** The value of a header of the last message with that body. */
    String header(String body, String name) {
        return message(body).header(name).orElseThrow();
    }

    private Frame message(String body) {
        List<Frame> found = wire.frames().stream()
                .filter(frame -> frame.command() == Command.MESSAGE
                        && frame.body().text().orElse("").equals(body))
                .toList();
        return found.get(found.size() - 1);
    }

    /** The names of the headers of the last message with that body. */
    List<String> headers(String body) {
        List<String> names = new ArrayList<>();
        message(body).headers().forEach((name, value) -> names.add(name));
        return names;
    }

    /** The RECEIPT of that id. */
    Frame receipt(String id) {
        return wire.frames().stream()
                .filter(frame -> frame.command() == Command.RECEIPT
                        && frame.header("receipt-id").equals(Optional.of(id)))
                .findFirst()
                .orElseThrow();
    }

    /** Acknowledges the last message with that body (1.2). */
    void ack(String body, String... headers) {
        settle(Command.ACK, body, headers);
    }

    /** Refuses the last message with that body (1.2). */
    void nack(String body, String... headers) {
        settle(Command.NACK, body, headers);
    }

    private void settle(Command command, String body, String... headers) {
        String[] id = {"id", header(body, "ack")};
        send(command, Stream.concat(Stream.of(id), Stream.of(headers)).toArray(String[]::new));
    }

    private static String shown(Frame frame) {
        String body = frame.body().text().orElse("?");
        return switch (frame.command()) {
            case MESSAGE ->
                frame.header("subscription").orElse("") + ": " + body
                        + (frame.header("redelivered").isPresent() ? " again" : "");
            case RECEIPT -> "receipt " + frame.header("receipt-id").orElse("");
            case ERROR -> "error: " + frame.header("message").orElse("");
            case CONNECTED -> "connected " + frame.header("version").orElse("");
            default -> "unexpected " + frame.command();
        };
    }
}
