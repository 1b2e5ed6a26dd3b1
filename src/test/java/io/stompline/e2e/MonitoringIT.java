package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.metrics.Meter;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those see who watch the server, and what others see of it. */
class MonitoringIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void metric_page_isShownToTheRoleOnly() throws Exception {
        try (ServerProcess server = ServerProcess.demo()
                        .with("stompline.metrics.role", "admin")
                        .start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient subscriber = clients.subscriber("/topic/" + Bridge.freshName());
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(401);
            assertThat(get(server, "/metrics", "user1").statusCode()).isEqualTo(403);
            assertThat(get(server, "/metrics/", "user1").statusCode()).isEqualTo(403);
            assertThat(get(server, "/health/ready").body())
                    .contains("\"stompline-broker\"", "\"stompline-broker-store\"", "\"stompline-history\"");

            await().atMost(LIMIT).untilAsserted(() -> {
                for (Meter meter : Meter.values()) {
                    String total = meter.kind() == Meter.Kind.COUNTER ? "_total" : "";
                    assertThat(metric(server, "stompline_" + meter.key() + total))
                            .as(meter.key())
                            .isPresent();
                }
                assertThat(metric(server, "stompline_connections")).hasValue(1);
                assertThat(metric(server, "stompline_sessions")).hasValue(1);
                assertThat(metric(server, "stompline_subscriptions")).hasValue(1);
                assertThat(metric(server, "stompline_broker_available")).hasValue(1);
                assertThat(metric(server, "stompline_sessions_connected_total")).hasValue(1);
                assertThat(metric(server, "stompline_frames_received_total")).hasValue(2);
                assertThat(metric(server, "stompline_frames_sent_total")).hasValue(2);
                assertThat(metric(server, "stompline_slow_consumers_total")).hasValue(0);
                assertThat(metric(server, "stompline_server_adaptations_missing"))
                        .hasValue(0);
                assertThat(metric(server, "stompline_server_adaptations")).hasValue(12);
            });
            assertThat(server.log())
                    .filteredOn(line -> line.contains("adaptations to Tyrus"))
                    .singleElement()
                    .asString()
                    .containsPattern("12 of 12 adaptations to Tyrus 2\\S+ and Grizzly [45]\\S+ are active");
            assertThat(server.log()).noneMatch(line -> line.contains("is not active ("));
            assertThat(subscriber.isOpen()).isTrue();
        }
    }

    @Tag("long")
    @Test
    void metric_pageWithoutSetting_isNotFound() throws Exception {
        try (ServerProcess server = ServerProcess.demo().start()) {
            assertThat(get(server, "/metrics", "admin").statusCode()).isEqualTo(404);
            assertThat(get(server, "/metrics;x", "admin").statusCode()).isIn(403, 404);
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").body()).contains("stompline-broker");
        }
    }

    @Tag("long")
    @Test
    void metric_otherApplicationAtTheRootWithTheRole_endsTheStart(@TempDir Path directory) {
        ServerProcess.Builder builder =
                ServerProcess.product().war(otherApplication(directory)).with("stompline.metrics.role", "admin");
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stompline.metrics.role needs an application with Stompline at the root");
    }

    private static Path otherApplication(Path directory) {
        Path war = directory.resolve("other.war");
        ShrinkWrap.create(WebArchive.class)
                .addAsWebResource(new StringAsset("hello"), "index.html")
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        return war;
    }

    /** A number of the page, in the text format of Prometheus. */
    private static OptionalLong metric(ServerProcess server, String name) throws IOException, InterruptedException {
        String page = get(server, "/metrics", "admin").body();
        return Pattern.compile("^" + name + "\\{[^}]*} (\\d+)", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    private static HttpResponse<String> get(ServerProcess server, String path)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri(path)));
    }

    /** As one of the demo's accounts, whose passwords are their names. */
    private static HttpResponse<String> get(ServerProcess server, String path, String account)
            throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((account + ":" + account).getBytes(StandardCharsets.US_ASCII));
        return send(HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Basic " + credentials));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
