package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Chromium;
import io.stompline.server.Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat that the guide has a newcomer type: its files, its keys, its tokens, in a browser. */
@Tag("long")
class SecureChatIT {
    private static final String RESOURCES = "src/main/resources/META-INF/";
    private static final String PAGES = "src/main/webapp/";

    @TempDir
    private Path project;

    private Chapter chapter;

    @BeforeEach
    void read() throws IOException {
        chapter = Chapter.named("secure-chat");
    }

    @Test
    void chat_asTheGuideHasIt_isForMembersWithTokens() throws Exception {
        run(chapter.block("sh"));
        try (Server server = Server.application(ApplicationWar.write(war())).start();
                Chromium chromium = Chromium.launch()) {
            Page ann = open(chromium, server, "ann", "");
            Page bob = open(chromium, server, "bob", "");
            assertThat(ann.locator("#state")).hasText("ann in lobby");
            assertThat(bob.locator("#state")).hasText("bob in lobby");
            ann.fill("#text", "hello <b>bob</b>");
            ann.click("button");
            assertThat(bob.locator("li")).hasText("ann: hello <b>bob</b>");

            ann.fill("#text", "   ");
            ann.click("button");
            assertThat(ann.locator("#state")).hasText("text must not be blank");

            Page stranger = open(chromium, server, "bob", "?room=board");
            Matcher refusal = Pattern.compile("\n    (destination not allowed: .*)\n    (.*)\n")
                    .matcher(chapter.text());
            assertThat(refusal.find()).isTrue();
            assertThat(stranger.locator("#state")).hasText(refusal.group(1) + " " + refusal.group(2));
        }
    }

    /** A page in a profile of its own, which is given a token when it asks for one. */
    private Page open(Chromium chromium, Server server, String user, String query) throws Exception {
        Page page = chromium.browser().newContext().newPage();
        String token = run(chapter.block("bash").replace("$1", user));
        page.onDialog(dialog -> dialog.accept(token.strip()));
        page.navigate(server.uri("/" + query).toString());
        return page;
    }

    private WebArchive war() throws IOException {
        Path classes = Files.createDirectory(project.resolve("classes"));
        chapter.compileJava(classes);
        WebArchive war = ApplicationWar.add(ApplicationWar.of(), classes, "WEB-INF/classes");
        for (String name : List.of("stompline.rules", "microprofile-config.properties")) {
            Path file = Files.writeString(
                    project.resolve(RESOURCES + name), chapter.block(name.endsWith("rules") ? "" : "properties"));
            war.addAsResource(file.toFile(), "META-INF/" + name);
        }
        return war.addAsResource(project.resolve(RESOURCES + "chat.pem").toFile(), "META-INF/chat.pem")
                .addAsWebResource(page("index.html", "html"), "index.html")
                .addAsWebResource(page("chat.js", "js"), "chat.js")
                .addAsLibrary(ApplicationWar.stompJs());
    }

    private File page(String name, String language) throws IOException {
        Files.createDirectories(project.resolve(PAGES));
        return Files.writeString(project.resolve(PAGES + name), chapter.block(language))
                .toFile();
    }

    /** What a script prints, run in the project. */
    private String run(String script) throws Exception {
        Files.createDirectories(project.resolve(RESOURCES));
        Process bash = new ProcessBuilder("bash", "-euc", script)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        return printed;
    }
}
