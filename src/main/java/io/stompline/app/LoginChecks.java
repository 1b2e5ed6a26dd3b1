package io.stompline.app;

import io.stompline.config.Settings;
import io.stompline.security.CredentialsCheck;
import io.stompline.security.token.TokenSettings;
import java.util.List;
import java.util.Optional;

/** Makes what checks credentials, but for passcodes and tickets, which the application checks. */
final class LoginChecks {
    /**
     * The settings of these checks.
     *
     * @param tokens how tokens are checked; empty if they are refused
     */
    record Options(Optional<TokenSettings> tokens) {
        static Options from(Settings settings) {
            return new Options(TokenSettings.from(settings));
        }
    }

    private LoginChecks() {}

    /**
     * One check for each kind of credentials.
     *
     * @throws IllegalArgumentException if one of them cannot be made, naming the setting
     */
    static List<CredentialsCheck> of(Options options, NodeBase base) {
        return List.of(TokenCheck.of(options.tokens(), base.threads().apply("keys"), base.open()));
    }
}
