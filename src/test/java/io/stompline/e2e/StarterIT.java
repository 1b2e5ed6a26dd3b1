package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Axe;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.StarterPage;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application that a newcomer begins with, in a browser, and what it says of a newcomer's mistakes. */
class StarterIT {
    private static final Path STARTER = Path.of("src/starter/src/main");
    private static final Path USERS = Path.of("src/starter/users");

    @TempDir
    private static Path classes;

    private static ServerProcess server;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.product()
                .war(ApplicationWar.write(war()))
                .with("stompline.users.file", USERS.toAbsolutePath().toString())
                // On a busy machine the check of a passcode takes longer than the 10 s of the default.
                .with("stompline.connect-timeout", "60000")
                .start();
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        server.close();
    }

    @Test
    void starter_userWhoLogsIn_seesWhatTheServerPublishesByItself() {
        StarterPage ann = open().logIn("ann", "ann");
        assertThat(ann.state()).hasText("Connected as ann");
        assertThat(ann.messages().first()).hasText(Pattern.compile("The server says hello at \\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void starter_hello_reachesEverybodyAndTheSenderIsThanked() {
        StarterPage ann = open().logIn("ann", "ann");
        StarterPage bob = open().logIn("bob", "bob");
        assertThat(ann.state()).hasText("Connected as ann");
        assertThat(bob.state()).hasText("Connected as bob");
        ann.sayHello();
        assertThat(bob.message("ann says hello")).hasCount(1);
        assertThat(ann.message("Thank you, ann")).hasCount(1);
        assertThat(bob.message("Thank you, ann")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
    void axe_starter_findsNothing(int width, ColorScheme scheme) {
        StarterPage ann = open();
        ann.page().setViewportSize(width, 844);
        ann.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        assertThat(Axe.violations(ann.page())).isEmpty();
        ann.logIn("ann", "ann");
        assertThat(ann.messages().first()).isVisible();
        assertThat(Axe.violations(ann.page())).isEmpty();
    }

    @Test
    void starter_wrongPasscode_isToldOnThePage() {
        StarterPage page = open().logIn("ann", "wrong");
        assertThat(page.state()).hasText(Pattern.compile("access refused: the server did not accept .*"));
        page.logIn("ann", "ann");
        assertThat(page.state()).hasText("Connected as ann");
    }

    @Test
    void handlers_start_areListed() {
        assertThat(server.log()).contains("  @OnSend /app/greet  com.example.starter.Greetings.greet");
    }

    private static StarterPage open() {
        Page page = chromium.browser().newContext().newPage();
        page.navigate(server.uri("/").toString());
        return new StarterPage(page);
    }

    private static WebArchive war() throws IOException {
        String[] compile = {
            "-d",
            classes.toString(),
            STARTER.resolve("java/com/example/starter/Greetings.java").toString()
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compile))
                .isZero();
        WebArchive war = ApplicationWar.of().addAsLibrary(ApplicationWar.stompJs());
        ApplicationWar.add(war, classes, "WEB-INF/classes");
        ApplicationWar.add(war, STARTER.resolve("resources"), "WEB-INF/classes");
        return ApplicationWar.add(war, STARTER.resolve("webapp"), "");
    }
}
