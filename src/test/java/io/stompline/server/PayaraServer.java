package io.stompline.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A full Payara Server with its own OpenMQ, prepared by {@code server-config/payara-server.sh}, with one application. One thread at a time.
 */
final class PayaraServer implements Server {
    private final PayaraDomain domain;
    private final String contextRoot;

    private PayaraServer(PayaraDomain domain, String contextRoot) {
        this.domain = domain;
        this.contextRoot = contextRoot;
    }

    /** Whether the build wants it. */
    static boolean isChosen() {
        return PayaraDomain.isDistributionKnown();
    }

    static Builder demo() {
        return new Builder(Path.of("target", "stompline-demo.war"));
    }

    static Builder application(Path war) {
        return new Builder(war);
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://" + root() + path);
    }

    @Override
    public URI stompUri() {
        return URI.create("ws://" + root() + "/stomp");
    }

    @Override
    public void close() {
        domain.close();
    }

    private String root() {
        return "localhost:" + domain.httpPort() + "/" + contextRoot;
    }

    static final class Builder implements Server.Builder {
        private final Path war;
        private final Map<String, String> settings = new TreeMap<>();

        private Builder(Path war) {
            this.war = war;
        }

        @Override
        public Builder with(String key, String value) {
            settings.put(key, value);
            return this;
        }

        @Override
        public Server start() {
            PayaraDomain domain = PayaraDomain.create();
            try {
                domain.start();
                // Where applications of tests keep their files.
                domain.asadmin("create-system-properties", "stompline.data=" + domain.directory());
                settings.forEach((key, value) -> domain.asadmin(
                        "set-config-property", "--source=domain", "--propertyName=" + key, "--propertyValue=" + value));
                domain.asadmin("deploy", war.toAbsolutePath().toString());
            } catch (RuntimeException e) {
                // Its log stays.
                stop(domain, e);
                throw e;
            }
            return new PayaraServer(domain, war.getFileName().toString().replace(".war", ""));
        }

        private static void stop(PayaraDomain domain, RuntimeException reason) {
            try {
                domain.stop();
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
    }
}
