package io.stompline.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.EncodedFrame;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketWireTest {
    @ParameterizedTest
    @CsvSource({
        "NORMAL, 1000",
        "RESTART, 1012",
        "PROTOCOL_ERROR, 1002",
        "POLICY_VIOLATION, 1008",
        "TOO_BIG, 1009",
        "INTERNAL_ERROR, 1011",
        "TRY_AGAIN_LATER, 1013"
    })
    void closeStatus_hasACodeOfRfc6455(CloseStatus status, int code) {
        assertThat(WebSocketWire.code(status).getCode()).isEqualTo(code);
    }

    private final List<Object> sent = new ArrayList<>();
    private final List<Boolean> results = new ArrayList<>();
    private final WebSocketWire wire = new WebSocketWire(session(), Optional.empty());

    @Test
    void send_foreignContainer_sendsOneMessageAfterTheOther() {
        wire.send(List.of(message("grün", true), message("ab", false), message("c", true)), results::add);
        assertThat(sent).containsExactly("grün", ByteBuffer.wrap(new byte[] {'a', 'b'}), "c");
        assertThat(results).containsExactly(true);
    }

    static WireMessage message(String text, boolean asText) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new WireMessage(List.of(new EncodedFrame(bytes, new byte[0], true)), asText);
    }

    private Session session() {
        Object remote = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    sent.add(arguments[0]);
                    ((SendHandler) arguments[1]).onResult(new SendResult());
                    return null;
                });
        return (Session) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAsyncRemote" -> remote;
                    case "getNegotiatedExtensions" -> List.of();
                    case "getMaxIdleTimeout" -> 0L;
                    case "isOpen" -> true;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
