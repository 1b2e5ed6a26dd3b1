package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.Maven;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat that the guide has a newcomer type: its files, built by Maven, its keys, its tokens, in a browser. */
@Tag("long")
class SecureChatIT {
    /** What the reader's editor adds. */
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

    private static final String RESOURCES = "src/main/resources/META-INF/";
    private static final String PAGES = "src/main/webapp/";

    @TempDir
    private Path scratch;

    private Path project;
    private Chapter chapter;

    @BeforeEach
    void read() throws IOException {
        chapter = Chapter.named("secure-chat");
        project = Files.createDirectories(scratch.resolve("chat"));
    }

    @Test
    void chat_asTheGuideHasIt_isForMembersWithTokens() throws Exception {
        run(chapter.block("sh"));
        try (Server server = Server.application(war()).start();
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

    /** What the guide's last script makes of its files. */
    private Path war() throws Exception {
        write("pom.xml", chapter.block("xml"));
        write("src/main/java/com/example/chat/Rooms.java", IMPORTS + chapter.block("java"));
        write(RESOURCES + "stompline.rules", chapter.block(""));
        write(RESOURCES + "microprofile-config.properties", chapter.block("properties"));
        write(PAGES + "index.html", chapter.block("html"));
        write(PAGES + "chat.js", chapter.block("js"));
        Maven maven = Maven.withRepository(scratch.resolve("repository"));
        install(scratch.resolve("repository"));
        String build = chapter.blocks("sh").get(1).lines().findFirst().orElseThrow();
        maven.run(project, List.of(build.replace("mvn ", "").split(" ")));
        return project.resolve("target/chat.war");
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What {@code mvn install} of Stompline has put there, as far as the project needs it. */
    private static void install(Path repository) throws IOException {
        Path classes = ApplicationWar.classesJar();
        String version = classes.getFileName().toString().replaceAll("^stompline-|-classes\\.jar$", "");
        Path directory = Files.createDirectories(
                repository.resolve("io/stompline/stompline").resolve(version));
        Files.copy(classes, directory.resolve(classes.getFileName()));
        Files.copy(Path.of("pom.xml"), directory.resolve("stompline-" + version + ".pom"));
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
