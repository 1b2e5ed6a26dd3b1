package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.stompline.e2e.support.Clients.subscribed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.application.Moved;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the guide promises to those who come from Spring, RabbitMQ or OmniFaces, with the beans and the page of the
 * guide itself. {@code migration.md} says which test proves which line.
 */
class MigrationIT {
    @TempDir
    private static Path classes;

    private static Server server;

    @RegisterExtension
    final Clients clients = new Clients(server.stompUri());

    @BeforeAll
    static void start() throws IOException {
        server = Server.application(ApplicationWar.write(war())).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The controller of the guide as a bean, and a frontend of Spring with another address. */
    @Test
    void spring_frontend_staysAsItIs() throws Exception {
        StompJs.run(server, "1.2", """
                const client = await open();
                const room = await inbox(client, '/topic/rooms/tea');
                const mine = await inbox(client, '/user/queue/x');
                client.publish({ destination: '/app/rooms/tea/say', body: JSON.stringify({ text: 'hello' }) });
                assert.deepEqual(JSON.parse((await room.next()).body), { by: 'user1', text: 'hello' });
                client.publish({ destination: '/app/to-my-tabs', body: 'only me' });
                assert.equal((await mine.next()).body, 'only me');
                await client.deactivate();
                """);
    }

    @Test
    void spring_sockJs_isNotFound() throws Exception {
        HttpRequest info = HttpRequest.newBuilder(server.uri("/stomp/info")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(info, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void spring_partsOfAMessage_areParameters() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/user/queue/replies");
        ann.send("SEND\ndestination:/app/parts\nx:1\ny:2\n\nhello\0");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("hello 1 2");
    }

    @Test
    void spring_returnedValue_goesToTheSendersTabOnly() throws Exception {
        RawClient tab = subscribed(clients.connectAs("ann"), "/user/queue/replies");
        RawClient other = subscribed(clients.connectAs("ann"), "/user/queue/replies");
        tab.send("SEND\ndestination:/app/parts\nx:1\ny:2\n\ntab\0");
        assertThat(ReceivedFrame.next(tab).body()).isEqualTo("tab 1 2");
        other.send("SEND\ndestination:/app/parts\nx:1\ny:2\n\nother\0");
        assertThat(ReceivedFrame.next(other).body()).isEqualTo("other 1 2");
    }

    @Test
    void spring_sendToUser_reachesAllTabsOfTheUser() throws Exception {
        RawClient tab = subscribed(clients.connectAs("ann"), "/user/queue/x");
        RawClient other = subscribed(clients.connectAs("ann"), "/user/queue/x");
        tab.send("SEND\ndestination:/app/to-my-tabs\n\nhello\0");
        assertThat(ReceivedFrame.next(tab).body()).isEqualTo("hello");
        assertThat(ReceivedFrame.next(other).body()).isEqualTo("hello");
    }

    @Test
    void spring_stateOfASession_isKeptByItsIdUntilItEnds() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/user/queue/replies");
        RawClient tab = subscribed(clients.connectAs("ann"), "/user/queue/replies");
        assertThat(ask(ann, "/app/count") + ask(ann, "/app/count") + ask(tab, "/app/count"))
                .isEqualTo("121");
        tab.close();
        await().until(() -> ask(ann, "/app/counting").equals("1"));
    }

    /** Spring's event comes before the subscription is made. */
    @Test
    void spring_subscribedEvent_comesWhenMessagesReachTheSubscriber() throws Exception {
        RawClient ann = clients.connectAs("ann");
        for (int i = 0; i < 100; i++) {
            ann.send("SUBSCRIBE\nid:" + i + "\ndestination:/topic/welcome/" + i + "\n\n\0");
            assertThat(ReceivedFrame.next(ann).body()).isEqualTo("welcome");
        }
    }

    @Test
    void spring_subscribeMapping_answersBeforeTheLiveMessages() throws Exception {
        RawClient ann = clients.connectAs("ann");
        ann.send("SUBSCRIBE\nid:1\ndestination:/topic/state/tea\n\n\0SEND\ndestination:/topic/state/tea\n\nlive\0");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("state of tea");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("live");
    }

    @Test
    void spring_queue_waitsAndGoesToOneConsumer() throws Exception {
        RawClient sender = clients.connectAs("ann");
        Clients.send(sender, "/queue/spring", "waited");
        RawClient first = subscribed(clients.connectAs("bob"), "/queue/spring");
        assertThat(ReceivedFrame.next(first).body()).isEqualTo("waited");
        RawClient second = subscribed(clients.connectAs("carl"), "/queue/spring");
        Clients.send(sender, "/queue/spring", "once");
        await().until(() -> !first.isIdle() || !second.isIdle());
        List<ReceivedFrame> frames = new ArrayList<>();
        for (RawClient client : new RawClient[] {first, second}) {
            client.send("UNSUBSCRIBE\nid:s\nreceipt:gone\n\n\0");
            do {
                frames.add(ReceivedFrame.next(client));
            } while (!last(frames).command().equals("RECEIPT"));
        }
        assertThat(frames).extracting(ReceivedFrame::body).containsExactlyInAnyOrder("once", "", "");
    }

    @Test
    void spring_transaction_isSentAfterTheCommitOrNever() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/topic/transactions");
        ann.send("SEND\ndestination:/app/fail\n\nnever\0SEND\ndestination:/app/succeed\n\ncommitted\0");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("committed");
    }

    @Test
    void spring_receiptOfABeansWork_comesWhenItIsDone() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/topic/transactions");
        ann.send("SEND\ndestination:/app/fail\nreceipt:f\n\nnever\0");
        assertThat(ann.next()).isEqualTo("RECEIPT\nreceipt-id:f\nproblem:internal error\n\n");
        ann.send("SEND\ndestination:/app/succeed\nreceipt:s\n\nyes\0");
        assertThat(List.of(ann.next(), ann.next())).contains("RECEIPT\nreceipt-id:s\n\n");
    }

    @Test
    void spring_destinationOfAnotherUser_isRefused() throws Exception {
        assertRefused("SEND\ndestination:/user/bob/queue/x\n\nhello\0", "destination not allowed");
        assertRefused("SUBSCRIBE\nid:1\ndestination:/user/bob/queue/x\n\n\0", "invalid destination");
    }

    @Test
    void spring_wildcardInsideOfAPart_isRefused() throws Exception {
        assertRefused("SUBSCRIBE\nid:1\ndestination:/topic/price.*\n\n\0", "invalid destination");
    }

    @Test
    void rabbitmq_host_meansNothing() throws Exception {
        RawClient subscriber = clients.connectAs("ann");
        subscribed(subscriber, "/topic/vhosts");
        RawClient other = RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:/other\nlogin:bob\npasscode:bob\n\n\0");
        assertThat(ReceivedFrame.next(other).command()).isEqualTo("CONNECTED");
        Clients.send(other, "/topic/vhosts", "hello");
        other.close();
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("hello");
    }

    @Test
    void rabbitmq_bindings_arePatternsOfSegments() throws Exception {
        RawClient one = subscribed(clients.connectAs("ann"), "/topic/price/stock/*");
        RawClient all = subscribed(clients.connectAs("ann"), "/topic/price/**");
        RawClient sender = clients.connectAs("bob");
        Clients.send(sender, "/topic/price/stock/acme", "1");
        Clients.send(sender, "/topic/price/stock", "2");
        Clients.send(sender, "/topic/price.stock", "a dot");
        Clients.send(sender, "/topic/price/stock/beta", "3");
        assertThat(List.of(body(one), body(one))).containsExactly("1", "3");
        assertThat(List.of(body(all), body(all), body(all))).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exchange/amq.topic/price", "/amq/queue/orders", "/reply-queue/x"})
    void rabbitmq_otherPrefixes_areRefusedByName(String destination) throws Exception {
        assertRefused("SEND\ndestination:" + destination + "\n\nx\0", "invalid destination");
        assertRefused("SUBSCRIBE\nid:1\ndestination:" + destination + "\n\n\0", "invalid destination");
    }

    @Test
    void rabbitmq_replyTo_isTheSame() throws Exception {
        RawClient desk = subscribed(clients.connectAs("bob"), "/queue/questions");
        RawClient ann = clients.connectAs("ann");
        ann.send("SEND\ndestination:/queue/questions\nreply-to:/temp-queue/mine\ncorrelation-id:7\n\nq\0");
        String replyTo = ReceivedFrame.next(desk).header("reply-to");
        desk.send("SEND\ndestination:" + replyTo + "\ncorrelation-id:7\n\na\0");
        ReceivedFrame answer = ReceivedFrame.next(ann);
        assertThat(answer.header("subscription")).isEqualTo("/temp-queue/mine");
        assertThat(answer.body()).isEqualTo("a");
    }

    @Test
    void rabbitmq_durableTopic_keepsMessagesByIdAndUser() throws Exception {
        String durable =
                "SUBSCRIBE\nid:d\ndestination:/topic/durables\ndurable:true\nauto-delete:false\nreceipt:r\n\n\0";
        RawClient ann = clients.connectAs("ann").send(durable + "DISCONNECT\nreceipt:bye\n\n\0");
        assertThat(ann.next() + ann.next()).contains("receipt-id:r", "receipt-id:bye");
        Clients.send(clients.connectAs("bob"), "/topic/durables", "kept");
        RawClient bob = clients.connectAs("bob").send(durable);
        assertThat(bob.next()).contains("receipt-id:r");
        RawClient back = clients.connectAs("ann").send(durable);
        assertThat(back.next()).contains("receipt-id:r");
        assertThat(body(back)).isEqualTo("kept");
        for (RawClient client : new RawClient[] {bob, back}) {
            client.send("UNSUBSCRIBE\nid:d\ndurable:true\nreceipt:gone\n\n\0");
            assertThat(client.next()).contains("receipt-id:gone");
        }
    }

    @Test
    void rabbitmq_durableWildcard_isRefused() throws Exception {
        assertRefused("SUBSCRIBE\nid:1\ndestination:/topic/a/*\ndurable:true\n\n\0", "invalid destination");
    }

    @Test
    void rabbitmq_expiration_endsAMessageAsExpiresDoes() throws Exception {
        RawClient sender = clients.connectAs("ann");
        Clients.send(sender, "/queue/expiring\nexpires:" + (System.currentTimeMillis() + 1), "late");
        Clients.send(sender, "/queue/expiring\nexpiration:1", "late too");
        Clients.send(sender, "/queue/expiring\nx-message-ttl:1\nexpiration:60000", "late as well");
        Clients.send(sender, "/queue/expiring\nexpiration:60000", "stays");
        RawClient consumer = subscribed(clients.connectAs("bob"), "/queue/expiring");
        ReceivedFrame first = ReceivedFrame.next(consumer);
        assertThat(first.body()).isEqualTo("stays");
        assertThat(Long.parseLong(first.header("expires"))).isGreaterThan(System.currentTimeMillis());
    }

    @Test
    void rabbitmq_xDelay_holdsAMessageBack() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/topic/delays");
        ann.send("SEND\ndestination:/topic/delays\nx-delay:700\n\nlater\0SEND\ndestination:/topic/delays\n\nnow\0");
        assertThat(List.of(body(ann), body(ann))).containsExactly("now", "later");
    }

    @ParameterizedTest
    @CsvSource({
        "x-max-length, 10",
        "x-message-ttl, 1000",
        "x-dead-letter-exchange, dead",
        "exclusive, true",
        "auto-delete, true",
        "x-stream-offset, first",
        "x-queue-type, stream"
    })
    void rabbitmq_argumentOfAQueue_isRefusedInSubscribe(String header, String value) throws Exception {
        assertRefused("SUBSCRIBE\nid:1\ndestination:/queue/a\n" + header + ":" + value + "\n\n\0", "invalid header");
    }

    @Test
    void rabbitmq_argumentOfAQueue_isRefusedInSend() throws Exception {
        assertRefused("SEND\ndestination:/queue/a\nx-max-length:10\n\n\0", "invalid header");
    }

    @ParameterizedTest
    @CsvSource({"prefetch-count, 1", "x-queue-type, quorum", "durable, false", "auto-delete, false"})
    void rabbitmq_otherArguments_areTaken(String header, String value) throws Exception {
        RawClient ann = clients.connectAs("ann");
        ann.send("SUBSCRIBE\nid:1\ndestination:/queue/a\n" + header + ":" + value + "\nreceipt:r\n\n\0");
        assertThat(ann.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
    }

    @Test
    void omnifaces_pageOfTheGuide_showsNewsToAllAndRefreshesTheSender() {
        try (Chromium chromium = Chromium.launch()) {
            Page ann = loggedIn(chromium, "ann");
            Page bob = loggedIn(chromium, "bob");
            ann.click("[id='form:send']");
            assertThat(ann.locator("#news li")).hasText("Hello");
            assertThat(bob.locator("#news li")).hasText("Hello");
            assertThat(ann.locator("[id='form:count']")).hasText("1");
            assertThat(bob.locator("[id='form:count']")).hasText("0");
        }
    }

    @Test
    void omnifaces_view_isReachedAlone() throws Exception {
        RawClient tab = subscribed(clients.connectAs("ann"), "/user/queue/news");
        RawClient other = subscribed(clients.connectAs("ann"), "/user/queue/news");
        tab.send("SEND\ndestination:/app/to-this-tab\n\ntab\0");
        assertThat(body(tab)).isEqualTo("tab");
        other.send("SEND\ndestination:/app/to-this-tab\n\nother\0");
        assertThat(body(other)).isEqualTo("other");
    }

    @Test
    void omnifaces_users_areReachedEach() throws Exception {
        RawClient ann = subscribed(clients.connectAs("ann"), "/user/queue/news");
        RawClient bob = subscribed(clients.connectAs("bob"), "/user/queue/news");
        RawClient carl = subscribed(clients.connectAs("carl"), "/user/queue/news");
        carl.send("SEND\ndestination:/app/to-ann-and-bob\n\nhello\0");
        assertThat(List.of(body(ann), body(bob))).containsExactly("hello", "hello");
        carl.send("SEND\ndestination:/app/to-this-tab\n\nonly carl\0");
        assertThat(body(carl)).isEqualTo("only carl");
    }

    @Test
    void omnifaces_callbacks_tellOfTheConnection() throws Exception {
        StompJs.run(server, "1.2", """
                const told = mailbox();
                const client = new Client({
                  brokerURL: url,
                  connectHeaders: { login: 'user1', passcode: 'user1' },
                  reconnectDelay: 0,
                  onConnect: () => told.put('onopen'),
                  onWebSocketClose: () => told.put('onclose'),
                  onStompError: (frame) => told.put(`onerror ${frame.headers.message}`),
                });
                client.activate();
                assert.equal(await told.next(), 'onopen');
                await client.deactivate();
                assert.equal(await told.next(), 'onclose');
                client.activate();
                assert.equal(await told.next(), 'onopen');
                client.publish({ destination: '/nowhere' });
                assert.equal(await told.next(), 'onerror invalid destination');
                assert.equal(await told.next(), 'onclose');
                """);
    }

    /** The page once its subscriptions are made. */
    private static Page loggedIn(Chromium chromium, String user) {
        Page page = chromium.browser().newContext().newPage();
        page.navigate(server.uri("/news.xhtml").toString());
        page.fill("[name=j_username]", user);
        page.fill("[name=j_password]", user);
        page.click("button");
        page.waitForFunction("typeof client !== 'undefined' && client.connected");
        page.evaluate("""
                () => new Promise((done) => {
                  client.watchForReceipt('subscribed', () => done());
                  client.publish({ destination: '/topic/ready', headers: { receipt: 'subscribed' } });
                })""");
        return page;
    }

    private static String ask(RawClient client, String destination) throws InterruptedException {
        client.send("SEND\ndestination:" + destination + "\n\n\0");
        return body(client);
    }

    private static ReceivedFrame last(List<ReceivedFrame> frames) {
        return frames.get(frames.size() - 1);
    }

    private static String body(RawClient client) throws InterruptedException {
        return ReceivedFrame.next(client).body();
    }

    private void assertRefused(String frame, String message) throws InterruptedException {
        ReceivedFrame error = ReceivedFrame.next(clients.connectAs("ann").send(frame));
        assertThat(error.command()).isEqualTo("ERROR");
        assertThat(error.header("message")).isEqualTo(message);
    }

    private static WebArchive war() throws IOException {
        Chapter.named("from-spring").compileJava(classes);
        Chapter omniFaces = Chapter.named("from-omnifaces");
        omniFaces.compileJava(classes);
        return ApplicationWar.add(ApplicationWar.of(Moved.class), classes, "WEB-INF/classes")
                .addAsLibrary(ApplicationWar.stompJs())
                .addAsWebResource(new StringAsset(omniFaces.blocks("xml").get(0)), "news.xhtml")
                .addAsWebInfResource(new StringAsset(omniFaces.blocks("xml").get(1)), "faces-config.xml")
                .addAsWebInfResource(new StringAsset(omniFaces.blocks("xml").get(2)), "web.xml")
                .addAsWebResource(new StringAsset(omniFaces.block("html")), "login.html")
                .addAsWebResource(new StringAsset(omniFaces.block("js")), "news.js");
    }
}
