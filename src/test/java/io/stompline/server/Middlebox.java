package io.stompline.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Passes HTTP requests on to a port of this machine like a proxy that knows no WebSocket, or a virus scanner: each on a
 * connection of its own, without {@code Upgrade}, and what comes back when the {@link Habit} allows it. Thread-safe.
 */
public final class Middlebox implements AutoCloseable {
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket listening;
    private final int target;
    private final Habit habit;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** How much of an answer it holds back until more comes, or the answer ends. */
    public enum Habit {
        /** Nothing. */
        PASSES_ON(0),
        /** The first KiB of the body. */
        HOLDS_THE_FIRST_KIB(1024),
        /** Everything. */
        HOLDS_ALL(Integer.MAX_VALUE);

        private final int heldBytes;

        Habit(int heldBytes) {
            this.heldBytes = heldBytes;
        }
    }

    /** Listens on a free port, see {@link #port()}. */
    public Middlebox(int target, Habit habit) {
        try {
            this.target = target;
            this.habit = habit;
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            sockets.add(client);
            run(() -> passOn(client));
        }
    }

    private void passOn(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(server);
            server.getOutputStream().write(withoutUpgrade(head(client.getInputStream())));
            run(() -> answer(server, client));
            // To the end of the client, which may be that of its patience.
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private void answer(Socket server, Socket client) throws IOException {
        try (server;
                client) {
            InputStream from = server.getInputStream();
            OutputStream to = client.getOutputStream();
            ByteArrayOutputStream held = new ByteArrayOutputStream();
            byte[] head = head(from);
            held.write(head);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                held.write(chunk, 0, count);
                if (held.size() - head.length > habit.heldBytes) {
                    held.writeTo(to);
                    held.reset();
                    from.transferTo(to);
                }
            }
            held.writeTo(to);
        }
    }

    /** The lines before the body, with the empty one. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("ended within the head");
            }
            head.write(octet);
        }
        return head.toByteArray();
    }

    private static byte[] withoutUpgrade(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty() && !line.matches("(?i)(upgrade|connection):.*"))
                .collect(Collectors.joining("\r\n", "", "\r\nConnection: close" + END_OF_HEAD))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void run(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException closed) {
                // One side is gone, and so is the other.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does until a connection ends. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
