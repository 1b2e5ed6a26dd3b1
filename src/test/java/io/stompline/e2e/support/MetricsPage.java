package io.stompline.e2e.support;

import io.stompline.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} shows the demo's admin, in the text format of Prometheus. */
public record MetricsPage(String text) {
    public static MetricsPage of(Server server) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(server.uri("/metrics"))
                .header("Authorization", "Basic " + credentials)
                .build();
        return new MetricsPage(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** A whole number of ours, by the name without {@code stompline_}. */
    public long number(String name) {
        Matcher line = Pattern.compile("^stompline_" + name + "\\{[^}]*} (\\d+)", Pattern.MULTILINE)
                .matcher(text);
        if (!line.find()) {
            throw new AssertionError("there is no " + name + " in " + text);
        }
        return Long.parseLong(line.group(1));
    }
}
