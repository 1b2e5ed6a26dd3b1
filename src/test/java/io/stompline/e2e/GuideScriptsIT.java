package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of the README and the guide as they stand there, under Node, with the beans of the guide. */
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

    @TempDir
    private static Path classes;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Chapter.named("beans").compileJava(classes);
        // Needs a persistence unit.
        try (DirectoryStream<Path> orders = Files.newDirectoryStream(classes.resolve("com/example"), "Orders*")) {
            for (Path file : orders) {
                Files.delete(file);
            }
        }
        server = Server.application(
                        ApplicationWar.write(ApplicationWar.add(ApplicationWar.of(), classes, "WEB-INF/classes")))
                .start();
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
        assertThat(blocks).hasSize(6);
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

    private static void run(String script) throws IOException, InterruptedException {
        StompJs.run(server, "1.2", READER + script);
    }

    /** The test has imported it. */
    private static String withoutImport(String script) {
        return script.replace("import { Client } from '@stomp/stompjs';\n", "");
    }
}
