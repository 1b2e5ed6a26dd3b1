package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The connections of one test, closed after it where it is an extension. One thread at a time. */
public final class Clients implements AutoCloseable, AfterEachCallback {
    private final URI uri;
    private final List<RawClient> all = new ArrayList<>();

    public Clients(URI uri) {
        this.uri = uri;
    }

    public RawClient connect() throws InterruptedException {
        return connect("");
    }

    /** With more header lines in CONNECT. */
    public RawClient connect(String headers) throws InterruptedException {
        RawClient client = open("user1", headers);
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    /** As a user whose passcode is the name. */
    public RawClient connectAs(String user) throws InterruptedException {
        return connectAs(user, "");
    }

    /** The same with more header lines in CONNECT. */
    public RawClient connectAs(String user, String headers) throws InterruptedException {
        RawClient client = open(user, headers);
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    /** The same, before the answer was taken. */
    public RawClient openAs(String user) {
        return open(user, "");
    }

    /** A new client with one subscription to a destination, which may have more header lines behind it. */
    public RawClient subscriber(String destination) throws InterruptedException {
        return subscribed(connect(), destination);
    }

    public static RawClient subscribed(RawClient client, String destination) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:subscribed\n\n\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:subscribed\n\n");
        return client;
    }

    /** Sends to a destination, which may have more header lines behind it, and waits for the receipt. */
    public static void send(RawClient client, String destination, String body) throws InterruptedException {
        client.send("SEND\ndestination:" + destination + "\nreceipt:sent\n\n" + body + "\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:sent\n\n");
    }

    public void assertAllConnected() {
        assertThat(all).allMatch(RawClient::isOpen);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    @Override
    public void close() {
        all.forEach(RawClient::close);
    }

    private RawClient open(String user, String headers) {
        RawClient client = RawClient.open(uri);
        all.add(client);
        return client.send(
                "CONNECT\naccept-version:1.2\nhost:h\nlogin:" + user + "\npasscode:" + user + "\n" + headers + "\n\0");
    }
}
