package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chromium;
import io.stompline.server.Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat that the guide has a newcomer type: its files, its keys, its tokens, in a browser. */
@Tag("long")
class SecureChatIT {
    private static final Path CHAPTER = Path.of("src/site/markdown/secure-chat.md");
    private static final String RESOURCES = "src/main/resources/META-INF/";
    private static final String PAGES = "src/main/webapp/";
    private static final String IMPORTS = """
            package com.example.chat;
            import io.stompline.api.*;
            import jakarta.enterprise.context.ApplicationScoped;
            import jakarta.inject.*;
            import jakarta.validation.Valid;
            import jakarta.validation.constraints.*;
            import java.security.Principal;
            import java.util.*;
            """;

    @TempDir
    private Path project;

    @Test
    void chat_asTheGuideHasIt_isForMembersWithTokens() throws Exception {
        run(block("sh"));
        try (Server server = Server.application(ApplicationWar.write(war())).start();
                Chromium chromium = Chromium.launch()) {
            Page ann = open(chromium, server, "ann", "");
            Page bob = open(chromium, server, "bob", "");
            assertThat(ann.locator("#state")).hasText("ann in lobby");
            assertThat(bob.locator("#state")).hasText("bob in lobby");
            ann.fill("#text", "hello <b>bob</b>");
            ann.click("button");
            assertThat(bob.locator("li")).hasText("ann: hello <b>bob</b>");

            Page stranger = open(chromium, server, "bob", "?room=board");
            Matcher refusal = Pattern.compile("\n    (destination not allowed: .*)\n    (.*)\n")
                    .matcher(Files.readString(CHAPTER));
            assertThat(refusal.find()).isTrue();
            assertThat(stranger.locator("#state")).hasText(refusal.group(1) + " " + refusal.group(2));
        }
    }

    /** A page in a profile of its own, which is given a token when it asks for one. */
    private Page open(Chromium chromium, Server server, String user, String query) throws Exception {
        Page page = chromium.browser().newContext().newPage();
        String token = run(block("bash").replace("$1", user));
        page.onDialog(dialog -> dialog.accept(token.strip()));
        page.navigate(server.uri("/" + query).toString());
        return page;
    }

    private WebArchive war() throws IOException {
        Path source = Files.writeString(project.resolve("Rooms.java"), IMPORTS + block("java"));
        Path classes = Files.createDirectory(project.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        WebArchive war = ApplicationWar.of();
        try (Stream<Path> compiled = Files.walk(classes)) {
            compiled.filter(Files::isRegularFile)
                    .forEach(file -> war.addAsResource(
                            file.toFile(), classes.relativize(file).toString()));
        }
        for (String name : List.of("stompline.rules", "microprofile-config.properties")) {
            Path file = Files.writeString(
                    project.resolve(RESOURCES + name), block(name.endsWith("rules") ? "" : "properties"));
            war.addAsResource(file.toFile(), "META-INF/" + name);
        }
        return war.addAsResource(project.resolve(RESOURCES + "chat.pem").toFile(), "META-INF/chat.pem")
                .addAsWebResource(page("index.html", "html"), "index.html")
                .addAsWebResource(page("chat.js", "js"), "chat.js")
                .addAsLibrary(stompJs());
    }

    private File page(String name, String language) throws IOException {
        Files.createDirectories(project.resolve(PAGES));
        return Files.writeString(project.resolve(PAGES + name), block(language)).toFile();
    }

    private static File stompJs() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("stomp__stompjs"))
                .map(File::new)
                .findFirst()
                .orElseThrow();
    }

    /** The first block of the chapter in a language. */
    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("(?s)\n\n```" + language + "\n(.*?)\n```\n").matcher(Files.readString(CHAPTER));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1) + "\n";
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
