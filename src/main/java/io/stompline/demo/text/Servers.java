package io.stompline.demo.text;

import io.stompline.api.OnSubscribe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The servers between which a page may move: none, unless a setting of the demo names them. */
@ApplicationScoped
public class Servers {
    /** What the policy of a page may name. */
    private static final Pattern ENDPOINT = Pattern.compile("wss?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9/_-]*)?");

    private final List<String> endpoints;

    /** For the proxy of CDI. */
    Servers() {
        this(Optional.empty());
    }

    /** Those of the setting, such as {@code ws://localhost:8080/stomp,ws://localhost:8081/stomp}. */
    @Inject
    public Servers(@ConfigProperty(name = "demo.servers") Optional<String> setting) {
        endpoints = Arrays.stream(setting.orElse("").split(","))
                .map(String::strip)
                .filter(endpoint -> !endpoint.isEmpty())
                .toList();
        endpoints.stream()
                .filter(endpoint -> !ENDPOINT.matcher(endpoint).matches())
                .forEach(endpoint -> {
                    throw new IllegalArgumentException("demo.servers: not like ws://localhost:8080/stomp: " + endpoint);
                });
    }

    /** What a page that moves may connect to, for its policy: the endpoints, and what is below them over HTTP. */
    List<String> sources() {
        return endpoints.stream()
                .flatMap(endpoint -> Stream.of(endpoint, endpoint.replaceFirst("^ws", "http") + "/"))
                .toList();
    }

    /** The endpoints of all servers, this one too; empty if there is nowhere to move. */
    @OnSubscribe("/app/servers")
    public List<String> endpoints() {
        return endpoints;
    }
}
