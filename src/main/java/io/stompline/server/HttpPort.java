package io.stompline.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * Tells before the server boots that another process has its port: Payara 6.2025.10 says so after 20 s of boot, without
 * the number and among stack traces.
 */
final class HttpPort {
    private static final int DEFAULT = 8080;

    private HttpPort() {}

    /**
     * Why the server cannot listen.
     *
     * @param options of Payara Micro, as they were given
     * @return empty if it can, or if Payara looks for a port by itself
     */
    static Optional<String> fault(List<String> options, InetAddress address) {
        if (options.contains("--autobindhttp")) {
            return Optional.empty();
        }
        return given(options).flatMap(port -> fault(port, address));
    }

    /** The sentence for who started the server. */
    static String sentence(List<String> options, InetAddress address, String cause) {
        return sentence(given(options).orElse(DEFAULT), address, cause);
    }

    private static String sentence(int port, InetAddress address, String cause) {
        return "cannot listen on port " + port + " of " + address.getHostAddress() + " (" + cause
                + "): stop what runs there, or take another port with --port";
    }

    private static Optional<Integer> given(List<String> options) {
        int option = options.indexOf("--port");
        return option < 0 || option + 1 == options.size() ? Optional.of(DEFAULT) : number(options.get(option + 1));
    }

    private static Optional<String> fault(int port, InetAddress address) {
        // A server's socket would listen at once: clients that wait for the start would be taken in, and cut off.
        try (Socket socket = new Socket()) {
            // As Grizzly does: connections of an earlier server may still be closing.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(sentence(port, address, e.getMessage()));
        }
    }

    /** Empty for what is no port: Payara Micro refuses it with its own message. */
    private static Optional<Integer> number(String text) {
        return Optional.of(text)
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(value -> value < 65_536);
    }
}
