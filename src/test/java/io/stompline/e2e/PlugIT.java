package io.stompline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Browsers;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.DemoPage;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo that cuts the server off from its message broker: on a server of its own. */
class PlugIT {

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers(() -> Server.demo().start());

    @Test
    void plug_brokerCutOff_losesAndDoublesNothing() {
        DemoPage first = new DemoPage(BROWSERS.desktop("plug.html")).joinAs("user1");
        DemoPage second = new DemoPage(BROWSERS.phone("plug.html")).joinAs("user2");
        List<DemoPage> tabs = List.of(first, second);
        tabs.forEach(tab -> awaitCount(tab, 10));

        ConsolePage other = new ConsolePage(BROWSERS.desktop("")).connectAs("user2");
        first.tabTo(first.button("Cut the message broker off"));
        first.page().keyboard().press("Enter");
        assertThat(second.byId("broker")).hasText("Cut off: user1 pulled the plug.");
        // Who does not ask the page whether it is possible
        other.send("/app/plug/pull", "application/json", "{}");
        assertThat(second.byId("broker")).containsText("Connected again");
        second.button("Cut the message broker off").click();
        assertThat(second.outcome("pull-form")).containsText(Pattern.compile("wait \\d+ s"));

        tabs.forEach(tab -> awaitCount(tab, count(tab) + 20));
        for (DemoPage tab : tabs) {
            assertThat(tab.byId("lost")).hasText("0");
            assertThat(tab.byId("doubled")).hasText("0");
            assertThat(tab.byId("state")).hasText("Connected");
            assertThat(tab.byId("broker")).containsText("cut off once");
        }
        first.picture("plug");
        second.picture("plug-phone");
        orderInATransaction();
    }

    /** Over connections of the application server. */
    private static void orderInATransaction() {
        DemoPage customer = new DemoPage(BROWSERS.desktop("notifications.html")).joinAs("user1");
        assertThat(customer.byId("stage")).hasAttribute("data-ready", "true");
        customer.button("Order and commit").click();
        assertThat(customer.byId("outcome")).containsText("Committed");
        assertThat(customer.list("Arrived")).containsText("user1 ordered: Tea");
    }

    @Test
    void plug_product_hasNothingOfTheDemo() throws IOException {
        Path server = Path.of(System.getProperty("stompline.server.dir", "target/server"));
        try (ZipFile product = new ZipFile(server.resolve("stompline.war").toFile());
                ZipFile demo = new ZipFile(server.resolve("stompline-demo.war").toFile())) {
            assertThat(demo.stream().map(ZipEntry::getName))
                    .contains("plug.html", "WEB-INF/classes/io/stompline/demo/Plug.class");
            assertThat(product.stream().map(ZipEntry::getName))
                    .noneMatch(name -> name.matches("(.*/)?(demo/.*|plug\\.html)"));
        }
    }

    private static void awaitCount(DemoPage tab, int least) {
        tab.page().waitForFunction("least => document.getElementById('counted').textContent >= least", least);
    }

    private static int count(DemoPage tab) {
        return Integer.parseInt(tab.byId("counted").textContent());
    }
}
