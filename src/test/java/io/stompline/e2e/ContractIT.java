package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stompline.beans.contract.AsyncApiSchema;
import io.stompline.server.Node;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the beans of the demo take and give, as others read it. */
class ContractIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String COMPILER = """
            import ts from 'typescript';
            const program = ts.createProgram([process.argv[2]], {
              strict: true,
              noEmit: true,
              target: ts.ScriptTarget.ES2022,
              types: [],
            });
            const faults = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) =>
              `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
            console.log(faults.join('\\n'));
            process.exit(faults.length);
            """;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo().with("stompline.asyncapi.role", "admin").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void asyncapi_document_isForTheRoleOnly() throws Exception {
        assertThat(get("/asyncapi.json", "").statusCode()).isEqualTo(401);
        assertThat(get("/asyncapi.json", "user1").statusCode()).isEqualTo(403);
        assertThat(get("/stompline.d.ts", "user1").statusCode()).isEqualTo(403);
        assertThat(get("/stompline.d.ts", "admin").statusCode()).isEqualTo(200);
    }

    @Test
    void asyncapi_document_isValidAndHasTheBeans() throws Exception {
        ObjectNode document = (ObjectNode)
                new ObjectMapper().readTree(get("/asyncapi.json", "admin").body());
        assertThat(AsyncApiSchema.faults(document)).isEmpty();
        assertThat(document.at("/channels/app.chat._room_.say/address").asText())
                .isEqualTo("/app/chat/{room}/say");
        assertThat(document.at("/components/schemas/Saying/properties/text/maxLength")
                        .asInt())
                .isEqualTo(500);
        assertThat(document.at("/servers/stomp/host").asText()).isEqualTo("localhost:" + server.port());
    }

    /** The client of the guide. */
    @Test
    void types_client_compilesAgainstThem(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("stompline.d.ts"),
                get("/stompline.d.ts", "admin").body());
        String page = Files.readString(Path.of("src/site/markdown/types.md"));
        int start = page.indexOf("```ts\n") + "```ts\n".length();
        Path client = Files.writeString(
                directory.resolve("client.ts"),
                """
                declare const client: {
                  publish(frame: { destination: string; body?: string; binaryBody?: Uint8Array }): void;
                  subscribe(
                    destination: string,
                    got: (message: { body: string; headers: Record<string, string | undefined> }) => void,
                  ): void;
                };
                """ + page.substring(start, page.indexOf("```", start)).replaceFirst("import .*connection.*\n", ""));
        assertThat(Node.run(COMPILER, LIMIT, client.toString())).isBlank();
    }

    private static HttpResponse<String> get(String path, String user) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        if (!user.isEmpty()) {
            String login = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
