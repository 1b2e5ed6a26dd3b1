package io.stompline.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxSettingsTest {
    private static InboxSettings settings(Map<String, String> given) {
        Settings settings = new Settings(key -> Optional.ofNullable(given.get(key)));
        InboxSettings read = InboxSettings.from(settings);
        settings.check();
        return read;
    }

    @Test
    void dataSource_notSet_nothingIsKept() {
        assertThat(settings(Map.of()).find()).isEmpty();
        assertThat(settings(Map.of()).maxPerUser()).isEqualTo(1_000);
    }

    @Test
    void dataSource_notThere_isRefusedWithTheSetting() {
        InboxSettings wrong = settings(Map.of("stompline.inbox.data-source", "jdbc/none"));
        assertThatThrownBy(wrong::find)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "stompline.inbox.data-source names jdbc/none, and the server has no such data source: ");
    }
}
