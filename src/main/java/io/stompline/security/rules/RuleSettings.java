package io.stompline.security.rules;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.Optional;

/**
 * The settings of this package.
 *
 * @param file the file of rules; empty for the application's own
 * @param required whether there must be rules
 */
public record RuleSettings(Optional<String> file, boolean required) {
    /** As the settings say. */
    public static RuleSettings from(Settings settings) {
        return new RuleSettings(settings.text(Setting.RULES_FILE), settings.flag(Setting.RULES_REQUIRED));
    }
}
