package io.stompline.bench;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.Nodes;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long a client that comes back waits for what its dead connection holds: from CONNECT to the message of a queue,
 * or of a durable subscription. The dead connection is a socket on which nobody answers a ping; by its heart-beats it
 * would be given up after ten minutes. Prints medians and the longest times.
 *
 * <p>{@code bench.rounds} is how often each is measured.
 */
public final class TakeoverRun {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 20);

    private TakeoverRun() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        try (Nodes nodes = new Nodes()) {
            ServerProcess one = nodes.start();
            ServerProcess other = nodes.start();
            Nodes.awaitAcquaintance(one, other);
            measure("queue, same node", one, one, "/queue/", "");
            measure("queue, other node", one, other, "/queue/", "");
            measure("durable subscription, same node", one, one, "/topic/", "durable:true\nname:n\n");
            measure("durable subscription, other node", one, other, "/topic/", "durable:true\nname:n\n");
        }
    }

    private static void measure(String what, ServerProcess from, ServerProcess to, String kind, String terms)
            throws InterruptedException, IOException {
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            millis.add(takeOver(from, to, kind + Bridge.freshName(), terms).toMillis());
        }
        Collections.sort(millis);
        System.out.printf(Locale.ROOT, "%s: %d ms, at most %d%n", what, millis.get(ROUNDS / 2), millis.get(ROUNDS - 1));
    }

    private static Duration takeOver(ServerProcess from, ServerProcess to, String destination, String terms)
            throws InterruptedException, IOException {
        String client = "client-id:" + Bridge.freshName() + "\nheart-beat:300000,300000\n";
        String subscribe = "SUBSCRIBE\nid:s\ndestination:" + destination + "\nack:client\n" + terms + "receipt:r\n\n\0";
        try (RawSocket dead = new RawSocket(from.stompUri(), client);
                Clients others = new Clients(to.stompUri());
                RawClient back = RawClient.open(to.stompUri())) {
            dead.write(RawSocket.frame(0x81, subscribe.getBytes(StandardCharsets.US_ASCII)));
            dead.readThrough("receipt-id:r\n\n\0");
            Clients.send(others.connect(), destination, "held");
            dead.readThrough("held\0");
            long begin = System.nanoTime();
            back.send(
                    "CONNECT\naccept-version:1.2\nhost:h\n" + client + "login:user1\npasscode:user1\n\n\0" + subscribe);
            ReceivedFrame frame = ReceivedFrame.next(back);
            while (!frame.command().equals("MESSAGE")) {
                frame = ReceivedFrame.next(back);
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            // A user may have a few durable subscriptions only.
            back.send("UNSUBSCRIBE\nid:s\n" + terms + "receipt:gone\n\n\0");
            ReceivedFrame.next(back);
            return taken;
        }
    }
}
