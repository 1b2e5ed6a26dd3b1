package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String CONFIG = "mq/instances/stompline/props/config.properties";

    @TempDir
    private Path data;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(data.resolve("rules"), "version=1\n");
    }

    @AfterEach
    void forget() {
        for (String property : new String[] {"user", "password", "password-file"}) {
            System.clearProperty("stompline.jms." + property);
        }
    }

    @Test
    void prepare_limitGiven_isWrittenAndTheRestStays() throws IOException {
        Path config = data.resolve(CONFIG);
        Files.createDirectories(config.getParent());
        Files.writeString(config, "imq.autocreate.reaptime=60\nimq.message.max_size=1m\n");
        new EmbeddedBroker(data, rules, OptionalInt.of(4_000_000)).prepare();
        assertThat(config)
                .content()
                .contains("imq.autocreate.reaptime=60", "imq.message.max_size=4131072")
                .contains("imq.autocreate.destination.maxBytesPerMsg=4131072");
    }

    @Test
    void prepare_noLimitGiven_leavesTheFileAlone() throws IOException {
        new EmbeddedBroker(data, rules, OptionalInt.empty()).prepare();
        assertThat(data.resolve(CONFIG)).doesNotExist();
    }
}
