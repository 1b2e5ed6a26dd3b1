package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts and beans of the README and the guide as they stand there, the scripts under Node. */
@Tag(Server.ANY)
class GuideScriptsIT {
    /** What the reader has: a page, and functions of the reader's own, which tell what they were called with. */
    private static final String READER = """
            const told = mailbox();
            const show = (...words) => {
              process.stdout.write(`${words.join(' ')}\n`);
              told.put(words.join(' '));
            };
            const alert = show;
            const done = (message) => message.body === '7';
            const subscribeAll = () => {};
            const location = new URL(url.replace('ws', 'http'));
            const console = { log: show, error: show };
            const connected = (client) => new Promise((ready) => {
              const { onConnect } = client;
              client.onConnect = (frame) => { onConnect(frame); ready(); };
            });
            """;

    /** What the reader has: code that calls the beans, a bean for orders, and a database. */
    private static final List<String> CALLERS = List.of("""
            @ApplicationScoped
            public class Calls {
                @Inject
                private Greetings greetings;

                @Inject
                private Transfers transfers;

                @Inject
                private Prices prices;

                @Inject
                private Presence presence;

                @Inject
                private Orders orders;

                @OnSend("/app/place")
                public void place(String item, StompClient by) {
                    orders.place(new Orders.Order(item, LocalDate.of(2026, 12, 24)), by.user());
                }

                @OnSend("/app/greet")
                public void greet(String text) {
                    greetings.greet(text);
                }

                @OnSend("/app/transfer")
                public void transfer(BigDecimal amount, StompClient by) {
                    transfers.transfer(amount, by);
                }

                @OnSend("/app/prices/{symbol}")
                public void price(@Variable("symbol") String symbol, BigDecimal price, StompClient by) {
                    prices.change(symbol, price, by);
                }

                @OnSend("/app/here")
                public List<String> here(String destination) {
                    return presence.here(destination);
                }

                @OnSend("/app/expel")
                public void expel(String user) {
                    presence.expel(user);
                }
            }
            """, """
            @ApplicationScoped
            public class Depot {
                @Inject
                private Parcels parcels;

                @Inject
                private Badge badge;

                @OnSend("/app/parcels")
                public void send(String item, StompClient by) {
                    parcels.send(by.user(), item);
                }

                @OnSend("/app/parcels/never")
                @Transactional
                public void fail(String item, StompClient by) {
                    parcels.send(by.user(), item);
                    int unread = badge.of(by.user());
                    throw new UnsupportedOperationException("the depot burns with " + unread);
                }

                @OnSend("/app/parcels/unread")
                public int unread(String user) {
                    return badge.of(user);
                }
            }
            """, """
            @ApplicationScoped
            public class Desk {
                @OnSend("/app/orders")
                public void order(@NotBlank String item) {}
            }
            """, """
            @ApplicationScoped
            @jakarta.annotation.sql.DataSourceDefinition(
                    name = "java:app/shop",
                    className = "org.h2.jdbcx.JdbcDataSource",
                    url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
                    user = "sa",
                    password = "")
            public class Shop {}
            """);

    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="shop">
                <jta-data-source>java:app/shop</jta-data-source>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                  <property name="jakarta.persistence.schema-generation.create-source" value="script"/>
                  <property name="jakarta.persistence.schema-generation.create-script-source" value="META-INF/tables.sql"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String TABLES = """
            CREATE TABLE orders (item VARCHAR);
            CREATE TABLE parcels (item VARCHAR);
            CREATE TABLE cells (name VARCHAR PRIMARY KEY, text VARCHAR, version BIGINT);
            INSERT INTO cells VALUES ('A1', 'tea', 7);
            """;

    /** A client of the guide's as it is, but for where it connects. */
    private static final String ITS_CLIENT = "new Client({ brokerURL: 'wss://shop.example/stomp' })";

    private static final String OUR_CLIENT =
            "new Client({ brokerURL: url, connectHeaders: { login: 'user1', passcode: 'user1' }, reconnectDelay: 10 })";

    @TempDir
    private static Path classes;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        List<String> more = new ArrayList<>(CALLERS);
        for (Path page :
                List.of(Path.of("README.md"), Chapter.GUIDE.resolve("audit.md"), Chapter.GUIDE.resolve("tokens.md"))) {
            more.addAll(Chapter.of(page).blocks("java"));
        }
        more.add(Chapter.named("last-value").java("Board"));
        more.add(Chapter.named("last-value").java("OutdatedMapper"));
        more.add(Chapter.named("presence").java("Visitors"));
        more.add(Chapter.named("kept-notifications").java("Parcels"));
        more.add(Chapter.named("kept-notifications").java("Badge"));
        Chapter.named("beans").compileJava(classes, more);
        server = Server.application(ApplicationWar.write(ApplicationWar.add(
                                ApplicationWar.of(), classes, "WEB-INF/classes")
                        .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml")
                        .addAsResource(new StringAsset(TABLES + inboxTable()), "META-INF/tables.sql")
                        .addAsLibrary(ApplicationWar.jarOf("org.h2.Driver").toFile())))
                .with("stompline.last-value", setting("last-value"))
                .with("stompline.history", setting("history"))
                .with("stompline.inbox.data-source", "java:app/shop")
                .with("stompline.slow", setting("slow-clients"))
                .with("stompline.presence", setting("presence"))
                .start();
    }

    /** A line for each statement, as a script of JPA has to have. */
    private static String inboxTable() throws IOException {
        return Files.readString(Path.of("src/main/resources/META-INF/stompline/inbox-h2.sql"))
                .replaceAll("\\s+", " ")
                .replace("; ", ";\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void scripts_ofTheReadme_connectAndSubscribe() throws Exception {
        String script = Chapter.of(Path.of("README.md")).block("js");
        assertThat(script).contains("'ws://localhost:8080/stomp'");
        run(withoutImport(script).replace("'ws://localhost:8080/stomp'", "url") + """
                await connected(client);
                client.publish({ destination: '/topic/hello', body: 'hello' });
                assert.equal(await told.next(), 'hello');
                await client.deactivate();
                """);
    }

    @Test
    void scripts_ofBrowsers_doWhatThePageSays() throws Exception {
        List<String> blocks = Chapter.named("browser").blocks("js");
        assertThat(blocks).hasSize(7);
        run(withoutImport(blocks.get(0))
                + """
                await connected(client);
                {
                %s
                }
                {
                %s
                }
                assert.equal(await told.next(), 'user1: Hello');
                {
                %s
                }
                assert.equal(await told.next(), 'ordered');
                {
                %s
                }
                {
                %s
                }
                const stock = await inbox(client, '/queue/stock');
                assert.equal((await stock.next()).body, '-1');
                await client.deactivate();
                assert.equal(await told.next(), 'offline');
                """.formatted(blocks.get(3), blocks.get(1), blocks.get(2), blocks.get(4), blocks.get(5)));
    }

    @Test
    void scripts_ofBrowsersWithoutWebSocket_connect() throws Exception {
        String script = Chapter.named("browser").blocks("js").get(6);
        assertThat(script).contains("'wss://chat.example/stomp'");
        run("delete globalThis.WebSocket;\n"
                + withoutImport(script).replace("'wss://chat.example/stomp'", "url")
                + """
                await connected(client);
                const messages = await inbox(client, '/topic/without');
                client.publish({ destination: '/topic/without', body: 'größe' });
                assert.equal((await messages.next()).body, 'größe');
                await client.deactivate();
                """);
    }

    @Test
    void scripts_ofBeans_talkToThem() throws Exception {
        List<String> blocks = Chapter.named("beans").blocks("js");
        assertThat(blocks).hasSize(3);
        run("""
                const client = await open();
                {
                %s
                }
                {
                %s
                }
                assert.equal(await told.next(), 'my-sum 3');
                {
                %s
                }
                assert.equal(await told.next(), 'Not sent: unknown destination');
                await client.deactivate();
                """.formatted(blocks.toArray()));
    }

    @Test
    void scripts_ofJakartaMessaging_sendAndSubscribe() throws Exception {
        List<String> blocks = Chapter.named("jakarta-messaging").blocks("js");
        assertThat(blocks).hasSize(2);
        run("""
                const client = await open();
                const orders = await inbox(client, '/queue/orders');
                {
                %s
                }
                assert.equal((await orders.next()).body, 'tea');
                client.publish({ destination: '/topic/orders/taken', body: 'taken: tea' });
                assert.equal(await told.next(), 'taken: tea');
                {
                %s
                }
                await client.deactivate();
                """.formatted(blocks.toArray()));
    }

    @Test
    void beans_ofReadmeAndGuide_doWhatThePageSays() throws Exception {
        run("""
                const client = await open();
                const say = (destination, body, headers) => receipt(client, (wanted) => client.publish({
                  destination, body, headers: { ...wanted, ...headers },
                }));
                const hello = await inbox(client, '/topic/hello');
                await say('/app/greet', 'Good morning');
                assert.equal((await hello.next()).body, 'Good morning');

                const alerts = await inbox(client, '/user/queue/alerts');
                const orders = await inbox(client, '/topic/orders');
                await say('/app/place', 'tea');
                assert.equal((await orders.next()).body, '{"item":"tea","due":"2026-12-24"}');
                assert.equal((await alerts.next()).body, 'Thank you!');
                await say('/app/transfer', '-1');
                assert.equal((await alerts.next()).body, 'Not transferred.');

                const other = await open();
                const prices = await inbox(other, '/topic/prices/*');
                const own = await inbox(client, '/topic/prices/*');
                await say('/app/prices/ACME', '7');
                const price = await prices.next();
                assert.equal(`${price.headers.symbol} ${price.body}`, 'ACME 7');
                assert.ok(price.headers.expires);
                assert.equal(own.come.length, 0);

                await say('/app/count', '');
                const count = await inbox(client, '/topic/count');
                const first = await count.next();
                assert.equal(`${first.headers.snapshot} ${first.headers.version} ${first.body}`, 'true 1 1');
                await say('/app/count', '');
                assert.equal((await count.next()).headers.version, '2');

                const room = await inbox(client, '/topic/rooms/lobby');
                await say('/app/rooms/lobby/say', '{"text":"hello"}');
                assert.equal((await room.next()).body, '{"by":"user1","text":"hello"}');
                const problems = await inbox(client, '/user/queue/errors');
                assert.equal((await say('/app/rooms/lobby/close', '')).headers.problem, 'not allowed');
                assert.equal(JSON.parse((await problems.next()).body).problem, 'not allowed');

                const replies = await inbox(client, '/user/queue/replies');
                await say('/app/here', '/topic/count');
                assert.equal((await replies.next()).body, '["user1"]');
                const bye = new Promise((told) => { other.onStompError = told; });
                client.onStompError = () => {};
                client.publish({ destination: '/app/expel', body: 'user1' });
                assert.equal((await bye).body.split('\\n')[0], 'an administrator ended your session');
                await Promise.all([client.deactivate(), other.deactivate()]);
                """);
    }

    @Test
    void scripts_ofHistory_bringWhatWasMissed() throws Exception {
        run(ofTheGuide("history") + """
                await connected(client);
                const other = await open();
                const say = (body) => receipt(other, (headers) => other.publish({ destination: '/topic/chat/1', body, headers }));
                await say('one');
                assert.equal(await told.next(), 'one');
                const back = connected(client);
                client.forceDisconnect();
                await say('two');
                await back;
                assert.equal(await told.next(), 'two');
                await say('three');
                assert.equal(await told.next(), 'three');
                await Promise.all([client.deactivate(), other.deactivate()]);
                """);
    }

    /** The server drops nothing from a client that reads: the test hands the script what it would send. */
    @Test
    void scripts_ofSlowClients_sayWhatIsMissing() throws Exception {
        run(ofTheGuide("slow-clients") + """
                await connected(client);
                client.publish({ destination: '/topic/log/shop', body: 'a line' });
                assert.equal(await told.next(), 'a line');
                client.webSocket.onmessage({
                  data: 'MESSAGE\\nsubscription:sub-0\\nmessage-id:1\\ndestination:/topic/log/shop\\nx-dropped:3\\n\\nanother\\0',
                });
                assert.equal(await told.next(), '… 3 lines are missing …');
                assert.equal(await told.next(), 'another');
                await client.deactivate();
                """);
    }

    @Test
    void scripts_ofLastValues_showTheBoardAndWhoWasFaster() throws Exception {
        run(ofTheGuide("last-value")
                        .replace("'./stompline/stompline.js'", "'stompline'")
                        .replace("export ", "") + """
                const tea = { text: 'tea', version: 7 };
                await told.next();
                assert.deepEqual(cells.get('A1'), tea);
                await set('A1', 'coffee');
                await told.next();
                assert.deepEqual(cells.get('A1'), { text: 'coffee', version: 8 });
                cells.set('A1', tea); // the page has not seen the change
                await set('A1', 'milk');
                assert.equal(await told.next(), 'outdated: somebody else has changed the cell');
                await stomp.publish('/topic/board', '', { cell: 'A1' });
                await told.next();
                assert.equal(cells.size, 0);
                await stomp.close();
                """);
    }

    @Test
    void scripts_ofPresence_showWhoIsThere() throws Exception {
        run("""
                const log = new Client({ brokerURL: url, connectHeaders: { login: 'user1', passcode: 'user1' } });
                log.onConnect = () => log.subscribe('/topic/log', ({ body }) => show(body));
                const isReady = connected(log);
                log.activate();
                await isReady;
                """
                + ofTheGuide("presence")
                        .replace("'./stompline/stompline.js'", "'stompline'")
                        .replace("export ", "")
                + """
                const shown = [];
                while (!['1 here:', 'Ann', 'user1 came to /topic/rooms/42'].every((line) => shown.includes(line))) {
                  shown.push(await told.next());
                }
                await away();
                while ((await told.next()) !== 'Ann') {}
                await stomp.close();
                await log.deactivate();
                """);
    }

    @Test
    void scripts_ofKeptNotifications_showThemUntilTheyAreRead() throws Exception {
        run(ofTheGuide("kept-notifications")
                        .replace("'./stompline/stompline.js'", "'stompline'")
                        .replace("export ", "") + """
                const unread = () => stomp.request('/app/parcels/unread', 'user1');
                assert.equal(await told.next(), 'unread: 0');
                await assert.rejects(stomp.publish('/app/parcels/never', 'gold'));
                await stomp.publish('/app/parcels', 'tea');
                assert.equal(await told.next(), 'tea is on its way');
                assert.equal(await told.next(), 'unread: 1');
                assert.equal(await unread(), 1);
                const [tea] = alerts.keys();
                await stomp.close();

                // The user is away, and comes back with two tabs.
                const away = await open();
                await receipt(away, (wanted) => {
                  away.publish({ destination: '/app/parcels', body: 'milk', headers: wanted });
                });
                const seen = await inbox(away, '/user/queue/alerts.seen');
                const texts = ['tea is on its way', 'milk is on its way'];
                const tabs = [];
                const clients = [await open(), await open()];
                for (const client of clients) {
                  const alerts = await inbox(client, '/user/queue/alerts', { ack: 'client-individual' });
                  const messages = [await alerts.next(), await alerts.next()];
                  assert.deepEqual(messages.map(({ body }) => JSON.parse(body).text), texts);
                  assert.equal(messages[0].headers['x-inbox-id'], tea);
                  tabs.push(messages);
                }
                // Without a body it tells of a message that came, perhaps late.
                const acknowledged = async () => {
                  for (;;) {
                    const { body, headers } = await seen.next();
                    if (body) {
                      return [body, headers['x-unread']];
                    }
                  }
                };
                tabs[0][0].ack();
                assert.deepEqual(await acknowledged(), [tea, '1']);
                tabs[1][0].ack(); // is deleted already
                tabs[1][1].ack();
                assert.deepEqual(await acknowledged(), [tabs[1][1].headers['x-inbox-id'], '0']);
                await Promise.all([away, ...clients].map((client) => client.deactivate()));
                """);
    }

    @Test
    void scripts_ofIdempotencyKeys_orderOnceAndGiveUpWhatIsRefused() throws Exception {
        run(ofTheGuide("idempotency").replace("export ", "") + """
                order('tea'); // not connected yet
                await connected(client);
                assert.equal(await told.next(), 'ordered');
                order('   ');
                assert.equal(await told.next(), 'invalid payload');
                unanswered.set('key', 'coffee');
                client.onStompError({ headers: { 'receipt-id': 'order-key', message: 'destination full' } });
                assert.equal(await told.next(), 'destination full');
                assert.equal(unanswered.size, 0);
                await client.deactivate();
                """);
    }

    /** The script of a chapter, whose client connects to the server of the test. */
    private static String ofTheGuide(String chapter) throws IOException {
        String script = Chapter.named(chapter).block("js");
        assertThat(script).contains(ITS_CLIENT);
        return withoutImport(script).replace(ITS_CLIENT, OUR_CLIENT) + "\n";
    }

    /** The value of the setting that is the first indented block of a chapter. */
    private static String setting(String chapter) throws IOException {
        Matcher line = Pattern.compile("(?m)^ {4}stompline\\.[\\w-]+=(.*)$")
                .matcher(Chapter.named(chapter).text());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private static void run(String script) throws IOException, InterruptedException {
        StompJs.run(server, "1.2", READER + script);
    }

    /** The test has imported it. */
    private static String withoutImport(String script) {
        return script.replace("import { Client } from '@stomp/stompjs';\n", "")
                .replace("import { StomplineSocket } from 'stompline/stompline-socket.js';\n", "");
    }
}
