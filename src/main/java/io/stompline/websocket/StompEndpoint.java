package io.stompline.websocket;

import io.stompline.frame.Version;
import io.stompline.gateway.ConnectionIds;
import io.stompline.gateway.HandshakePrincipal;
import io.stompline.gateway.Inbox;
import io.stompline.gateway.LogoutListener;
import io.stompline.gateway.StompGateway;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.StompError;
import io.stompline.websocket.deflate.DeflateExtension;
import io.stompline.websocket.stream.FrameFault;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.websocket.Extension;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** STOMP over WebSocket: one instance for each connection. */
@ServerEndpoint(
        value = StompEndpoint.PATH,
        subprotocols = {"v12.stomp", "v11.stomp", "v10.stomp"},
        configurator = RequestWithAddress.Configurator.class)
public class StompEndpoint {
    /**
     * Where the endpoint is, below the context root, for the WebSocket container and unless {@link StompGateway#path}
     * says else.
     */
    public static final String PATH = "/stomp";

    /** Ends of lines between frames, which are heart-beats too. */
    private static final int MESSAGE_MARGIN_BYTES = 4 * 1024;

    private static final System.Logger LOG = System.getLogger(StompEndpoint.class.getName());

    /**
     * Not injected: see {@link RequestWithAddress.Configurator#getEndpointInstance}. The application has this class to
     * itself.
     */
    private static volatile StompGateway gateway;

    /** Of this connection; null before it is open. */
    private Inbox inbox;

    /** Run when the WebSocket is closed. */
    private Runnable forget = () -> {};

    /** Where all connections of the application are opened; called before the first comes. */
    static void use(StompGateway ofApplication) {
        gateway = ofApplication;
    }

    /** Opens the STOMP session. */
    @OnOpen
    public void open(Session webSocket) {
        Optional<HandshakePrincipal> user = user(webSocket);
        Handshake handshake = new Handshake(
                ConnectionIds.next(),
                RequestWithAddress.of(webSocket.getUserProperties()),
                user.map(HandshakePrincipal::login),
                Version.ofSubprotocol(webSocket.getNegotiatedSubprotocol()));
        Optional<DeflateExtension> deflate = agreedCompression(webSocket);
        inbox = gateway.open(handshake, new WebSocketWire(webSocket, deflate.map(agreed -> gateway.compression())));
        deflate.ifPresent(agreed -> agreed.open(this::maxMessageBytes, this::refuse));
        // Jakarta WebSocket 2.1, 7.2. Tyrus (seen in 2.1.5) ends the newest connection of an HTTP session only.
        user.ifPresent(known -> known.session()
                .ifPresent(session -> forget = LogoutListener.watch(inbox.session(), session, known.known())));
        ServerAdaptations adaptations = ServerAdaptations.ofApplication();
        adaptations.onFault(this::refuse);
        adaptations.onRead(inbox.session()::reading);
    }

    /** The user of a WebSocket whose handshake passed {@link HandshakeFilter}. */
    private static Optional<HandshakePrincipal> user(Session webSocket) {
        return webSocket.getUserPrincipal() instanceof HandshakePrincipal known ? Optional.of(known) : Optional.empty();
    }

    /**
     * The compression that a handshake leads to.
     *
     * @param offers of the client
     */
    static List<Extension> agreeOn(List<Extension> offers) {
        return gateway.compression().isOn()
                ? DeflateExtension.answer(offers, gateway.compression().inflaters())
                : List.of();
    }

    /** Without a look at the class of extensions where there are none: it needs Tyrus. */
    private static Optional<DeflateExtension> agreedCompression(Session webSocket) {
        return webSocket.getNegotiatedExtensions().isEmpty() ? Optional.empty() : DeflateExtension.of(webSocket);
    }

    /** One message may have several frames of STOMP; a client that compresses sends one in each. */
    private int maxMessageBytes() {
        return inbox.session().maxFrameBytes() + MESSAGE_MARGIN_BYTES;
    }

    private void refuse(FrameFault fault) {
        StompError error = fault.tooLarge() ? StompError.FRAME_TOO_LARGE : StompError.MALFORMED_FRAME;
        inbox.fail(error, fault.sentence());
    }

    /** Takes a text message or a part of one. */
    @OnMessage
    public void text(String part, boolean last) {
        inbox.accept(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes a binary message or a part of one; the container may reuse the buffer. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        inbox.session().useBinary();
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        inbox.accept(ByteBuffer.wrap(bytes));
    }

    /** Takes a pong as a sign of life. */
    @OnMessage
    public void pong(PongMessage pong) {
        inbox.session().heard();
    }

    /** The WebSocket is closed. */
    @OnClose
    public void close() {
        if (inbox != null) {
            inbox.session().leave();
        }
        forget.run();
    }

    /** The WebSocket broke, or bytes came that are no WebSocket message. */
    @OnError
    public void error(Throwable problem) {
        LOG.log(System.Logger.Level.DEBUG, "a WebSocket broke", problem);
        close();
    }
}
