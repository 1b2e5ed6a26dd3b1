package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.WithSeparateBroker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A separate broker is away for longer than frames may wait. */
class OutageIT extends WithSeparateBroker {
    private static final int EACH = 10;

    private final String name = Bridge.freshName();

    @BeforeAll
    static void start() {
        start(demo -> demo.with("stompline.broker-timeout", "2000"));
    }

    @Test
    void outage_longerThanTheLimit_endsNoConnectionOfThoseWhoAskedToBeTold() throws Exception {
        List<RawClient> subscribers = asking();
        List<RawClient> senders = asking();
        RawClient stock = clients.connect();
        broker.kill();
        for (int i = 0; i < EACH; i++) {
            subscribe(subscribers.get(i), destination(i));
            senders.get(i).send(send("/queue/" + name, "refused", "correlation-id:c" + i + "\n"));
        }
        subscribe(stock, "/topic/" + name);
        for (int i = 0; i < EACH; i++) {
            ReceivedFrame told = ReceivedFrame.next(senders.get(i));
            assertThat(told.header("destination")).isEqualTo("/user/queue/errors");
            assertThat(told.header("correlation-id")).isEqualTo("c" + i);
            assertThat(told.body()).startsWith("{\"problem\":\"message broker unavailable\"");
        }
        broker.restart();

        assertThat(stock.next()).isEqualTo("RECEIPT\nreceipt-id:late\n\n");
        for (int i = 0; i < EACH; i++) {
            assertThat(subscribers.get(i).next()).isEqualTo("RECEIPT\nreceipt-id:late\n\n");
            Clients.send(senders.get(i), destination(i), "once");
            Clients.send(senders.get(i), destination(i), "last");
            assertThat(ReceivedFrame.next(subscribers.get(i)).body()).isEqualTo("once");
            assertThat(ReceivedFrame.next(subscribers.get(i)).body()).isEqualTo("last");
        }
        Clients.send(senders.get(0), "/queue/" + name, "taken");
        assertThat(ReceivedFrame.next(clients.subscriber("/queue/" + name)).body())
                .as("what was refused was not taken all the same")
                .isEqualTo("taken");
        assertThat(subscribers).allMatch(RawClient::isIdle);
        clients.assertAllConnected();
    }

    private List<RawClient> asking() throws InterruptedException {
        List<RawClient> asking = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            asking.add(clients.subscriber("/user/queue/errors"));
        }
        return asking;
    }

    /** Of topics and queues in turn. */
    private String destination(int number) {
        return (number % 2 == 0 ? "/topic/" : "/queue/") + name + "-" + number;
    }

    private static void subscribe(RawClient client, String destination) {
        client.send("SUBSCRIBE\nid:late\ndestination:" + destination + "\nreceipt:late\n\n\0");
    }

    private static String send(String destination, String body, String headers) {
        return "SEND\ndestination:" + destination + "\nreceipt:r\n" + headers + "\n" + body + "\0";
    }
}
