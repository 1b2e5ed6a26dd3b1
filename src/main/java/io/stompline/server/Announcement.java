package io.stompline.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of the server when it is ready: addresses of pages and endpoints, and from where they are reached.
 *
 * @param address address that the server listens on
 * @param tls whether the port speaks TLS
 * @param endpoints paths of STOMP over WebSocket, context root included
 * @param pages context roots of the applications with such an endpoint
 * @param demo whether the demo with its accounts is among them
 */
record Announcement(
        InetAddress address, int port, boolean tls, List<String> endpoints, List<String> pages, boolean demo) {
    private static final String ALL = "0.0.0.0";

    /** The lines, without the first. */
    List<String> lines() throws SocketException {
        List<String> lines = new ArrayList<>();
        String secure = tls ? "s" : "";
        for (String host : hosts()) {
            pages.forEach(page -> lines.add("http%s://%s:%d%s".formatted(secure, host, port, page)));
            endpoints.forEach(endpoint -> lines.add("ws%s://%s:%d%s".formatted(secure, host, port, endpoint)));
        }
        if (endpoints.isEmpty()) {
            lines.add("port %d; no application has an endpoint at stompline.path".formatted(port));
        }
        if (address.isLoopbackAddress()) {
            lines.add("from this machine only; -Dstompline.http.address=%s lets others in".formatted(ALL));
        }
        if (demo) {
            lines.add("demo accounts: user1, user2 and admin, passwords equal to the names");
        }
        return lines;
    }

    private List<String> hosts() throws SocketException {
        if (address.isLoopbackAddress()) {
            return List.of("localhost");
        }
        return address.isAnyLocalAddress() ? hostsOfThisMachine() : List.of(inUrl(address));
    }

    private static List<String> hostsOfThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(own -> own instanceof Inet4Address)
                .map(own -> own.isLoopbackAddress() ? "localhost" : inUrl(own))
                .distinct()
                .toList();
    }

    private static String inUrl(InetAddress address) {
        String numbers = address.getHostAddress();
        return address instanceof Inet4Address ? numbers : "[" + numbers.replaceFirst("%.*", "") + "]";
    }
}
