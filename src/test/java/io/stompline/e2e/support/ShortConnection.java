package io.stompline.e2e.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A connection of a client with an address and a name of its own that ends soon, in one of several ways. */
public final class ShortConnection {
    private static final int CLOSE_FRAME = 0x88;
    private static final int LENGTH_IN_TWO = 126;
    private static final byte[] BAD_FRAME = text("CONNECT\nno colon\n\n\0");
    private static final byte[] CLOSE = RawSocket.frame(CLOSE_FRAME, new byte[] {3, (byte) 0xe8});
    private static final byte[] INVALID = RawSocket.frame(0xff, new byte[0]);
    private static final int ADDRESSES = 7;
    private static final int READ_MILLIS = 30_000;

    private final URI server;
    private final int number;
    private final String name;
    private final InetAddress address;

    /** How a connection goes. */
    public enum Kind {
        ERROR,
        ERROR_AND_MORE,
        ERROR_ANSWERED,
        ERROR_CUT,
        DISCONNECT,
        CLIENT_CLOSES,
        INVALID_WEBSOCKET_FRAME,
        CUT_BEFORE_THE_ANSWER,
        CUT_AFTER_THE_ANSWER,
        FORBIDDEN,
        UNAUTHORIZED,
        HTTP,
        HTTP_WITH_LOGIN
    }

    /** The client of that number; its name and its address follow from it. */
    public ShortConnection(URI server, int number) throws IOException {
        this.server = server;
        this.number = number;
        this.name = "client" + number;
        this.address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + number % ADDRESSES)});
    }

    /** Runs it to its end; what the client saw that was not meant for it, or nothing. */
    public String run(Kind kind) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(READ_MILLIS);
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
            return switch (kind) {
                case HTTP -> whoAmI("null", http(socket, "", ""));
                case HTTP_WITH_LOGIN -> whoAmI(name, http(socket, "?login", login(name)));
                case UNAUTHORIZED -> expected("HTTP/1.1 401", http(socket, "?login", login("wrong")));
                case FORBIDDEN -> forbidden(socket);
                default -> webSocket(socket, kind);
            };
        }
    }

    private String http(Socket socket, String query, String headers) throws IOException {
        write(
                socket,
                ascii("GET /who-am-i" + query + " HTTP/1.1\r\nHost: h\r\nTag: " + name + "\r\nConnection: close\r\n"
                        + headers + "\r\n"));
        return rest(socket);
    }

    private String whoAmI(String user, String answer) {
        String own = name + " " + user + " " + address.getHostAddress() + " " + name;
        return answer.endsWith("\n" + own) ? "" : answer;
    }

    private String forbidden(Socket socket) throws IOException {
        write(socket, handshake("Origin: http://evil.example\r\n"));
        return expected("HTTP/1.1 403", head(socket));
    }

    private String webSocket(Socket socket, Kind kind) throws IOException {
        // Every second client ends with a reset.
        socket.setSoLinger(number % 2 == 1, 0);
        write(socket, handshake(""));
        if (kind == Kind.CUT_BEFORE_THE_ANSWER) {
            return "";
        }
        String odd = expected("HTTP/1.1 101", head(socket));
        if (kind == Kind.CUT_AFTER_THE_ANSWER || !odd.isEmpty()) {
            return odd;
        }
        write(socket, request(kind));
        if (kind == Kind.ERROR_CUT) {
            return expected(
                    "\u0081", String.valueOf((char) socket.getInputStream().read()));
        }
        String answer = untilClose(new DataInputStream(socket.getInputStream()));
        if (kind != Kind.CLIENT_CLOSES && kind != Kind.ERROR_ANSWERED) {
            write(socket, CLOSE);
        }
        String after = rest(socket);
        return isOwn(kind, answer) && after.isEmpty() ? "" : answer + " then " + after;
    }

    private byte[] request(Kind kind) {
        String login = "CONNECT\naccept-version:1.2\nhost:h\nlogin:" + name + "\npasscode:" + name + "\n\n\0";
        return switch (kind) {
            case DISCONNECT -> join(text(login), text("DISCONNECT\nreceipt:" + name + "\n\n\0"));
            case CLIENT_CLOSES -> CLOSE;
            case INVALID_WEBSOCKET_FRAME -> INVALID;
            case ERROR_AND_MORE -> join(BAD_FRAME, text("SEND\ndestination:/topic/x\n\n\0"));
            case ERROR_ANSWERED -> join(BAD_FRAME, CLOSE);
            default -> BAD_FRAME;
        };
    }

    private boolean isOwn(Kind kind, String answer) {
        return switch (kind) {
            case DISCONNECT ->
                answer.contains("user-name:" + name + "\n") && answer.contains("receipt-id:" + name + "\n");
            case ERROR, ERROR_AND_MORE -> answer.startsWith("ERROR\nmessage:malformed frame\n");
            default -> answer.isEmpty() || answer.startsWith("ERROR\nmessage:malformed frame\n");
        };
    }

    private byte[] handshake(String headers) {
        return ascii("GET /stomp HTTP/1.1\r\nHost: h\r\nTag: " + name
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + headers + "\r\n");
    }

    private String login(String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(ascii(name + ":" + password)) + "\r\n";
    }

    private static String expected(String start, String found) {
        return found.startsWith(start) ? "" : found;
    }

    private static byte[] text(String frame) {
        return RawSocket.frame(0x81, ascii(frame));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private static String head(Socket socket) throws IOException {
        InputStream input = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int octet = input.read(); octet >= 0; octet = input.read()) {
            head.append((char) octet);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    /** The text of frames up to the Close frame of the server. */
    private static String untilClose(DataInputStream input) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int first = input.read(); first >= 0; first = input.read()) {
            int length = input.readUnsignedByte();
            byte[] payload = input.readNBytes(length == LENGTH_IN_TWO ? input.readUnsignedShort() : length);
            if (first == CLOSE_FRAME) {
                break;
            }
            text.append(new String(payload, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Until the server closes it or, after a client wrote what the server did not read, resets it. */
    private static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(rest);
        } catch (SocketException reset) {
            return rest.toString(StandardCharsets.ISO_8859_1);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }
}
