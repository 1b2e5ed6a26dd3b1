package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.stompline.beans.contract.AsyncApiSchema;
import io.stompline.e2e.support.Axe;
import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.DemoPage;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers(() -> ServerProcess.demo()
            .with("stompline.asyncapi.role", "admin")
            .with("stompline.path", "/live/messages")
            .start());

    @Test
    void asyncapi_document_isForTheRoleOnly() throws Exception {
        assertThat(get("/asyncapi.json", "").statusCode()).isEqualTo(401);
        assertThat(get("/asyncapi.json", "user1").statusCode()).isEqualTo(403);
        assertThat(get("/destinations.d.ts", "user1").statusCode()).isEqualTo(403);
        assertThat(get("/destinations.d.ts", "admin").statusCode()).isEqualTo(200);
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
        assertThat(document.at("/servers/stomp/host").asText())
                .isEqualTo(BROWSERS.server().uri("").getAuthority());
        assertThat(document.at("/servers/stomp/pathname").asText()).isEqualTo("/live/messages");
    }

    @Test
    void destinations_page_showsTheDocumentToTheRoleOnly() {
        Page page = BROWSERS.desktop("destinations.html");
        assertThat(page.locator("#outcome")).containsText("Only users with the role");
        BROWSERS.expect("401");
        checkLightAndDark(page);
        logIn(page, "user1", "user1");
        assertThat(page.locator("#outcome")).containsText("has not the role");
        BROWSERS.expect("403");
        logIn(page, "admin", "guess");
        assertThat(page.locator("#outcome")).containsText("did not accept");
        BROWSERS.expect("401");

        logIn(page, "admin", "admin");
        Locator say = page.locator("tr").filter(new Locator.FilterOptions().setHasText("/app/chat/{room}/say"));
        assertThat(say).containsText("Saying");
        assertThat(page.locator("#Saying + .scrolls")).containsText("needed, 1 to 500 characters");
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screenshots/destinations.png")));
        checkLightAndDark(page);
        page.setViewportSize(390, 844);
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/destinations-phone.png")));
        checkLightAndDark(page);

        say.getByText("Try").click();
        assertThat(page.locator("#send-destination")).hasValue("/app/chat/{room}/say");
    }

    @Test
    void keyboard_destinations_isEnough() {
        Page page = BROWSERS.desktop("destinations.html");
        assertThat(page.locator("#outcome")).containsText("Only users with the role");
        BROWSERS.expect("401");
        DemoPage keys = new DemoPage(page);
        keys.tabTo(page.getByLabel("Login")).page().keyboard().type("admin");
        keys.tabTo(page.getByLabel("Passcode")).page().keyboard().type("admin");
        page.keyboard().press("Enter");
        assertThat(page.locator("#contract h2").first()).isFocused();

        Locator first = page.locator("#contract a[aria-label^='Try ']").first();
        String address = first.getAttribute("aria-label").substring("Try ".length());
        keys.tabTo(first).page().keyboard().press("Enter");
        assertThat(page.locator("#send-destination")).hasValue(address);
    }

    private static void checkLightAndDark(Page page) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat(Axe.violations(page)).isEmpty();
        }
    }

    @Test
    void console_endpointElsewhere_isFound() {
        new ConsolePage(BROWSERS.desktop(""))
                .connectAs("user1")
                .subscribe("/topic/hello", "auto")
                .send("/topic/hello", "text/plain", "Hello");
    }

    private static void logIn(Page page, String login, String passcode) {
        page.getByLabel("Login").fill(login);
        page.getByLabel("Passcode").fill(passcode);
        page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    }

    /** The client of the guide. */
    @Test
    void types_client_compilesAgainstThem(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("destinations.d.ts"),
                get("/destinations.d.ts", "admin").body());
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
                declare const stomp: { request<T>(destination: string, payload?: unknown): Promise<T> };
                """ + page.substring(start, page.indexOf("```", start)).replaceFirst("import .*connection.*\n", ""));
        assertThat(Node.run(COMPILER, LIMIT, client.toString())).isBlank();
    }

    private static HttpResponse<String> get(String path, String user) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(BROWSERS.server().uri(path));
        if (!user.isEmpty()) {
            String login = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
