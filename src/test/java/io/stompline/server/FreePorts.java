package io.stompline.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of this machine for programs that tests start. None of those that the system gives to outgoing
 * connections: one of these could have it before the program, or while the program is down.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private FreePorts() {}

    /** One port. */
    public static int next() {
        return next(1, Set.of()).get(0);
    }

    /** That many ports, all different, and others than those. */
    static List<Integer> next(int count, Set<Integer> others) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 0; held.size() < count && attempt < ATTEMPTS; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
                if (!others.contains(port)) {
                    hold(port, held);
                }
            }
        } finally {
            held.forEach(FreePorts::release);
        }
        if (held.size() < count) {
            throw new IllegalStateException("too few free ports from " + LOWEST + " to " + HIGHEST);
        }
        return held.stream().map(ServerSocket::getLocalPort).toList();
    }

    private static void hold(int port, List<ServerSocket> held) {
        try {
            held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException taken) {
            // The next one, then.
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
