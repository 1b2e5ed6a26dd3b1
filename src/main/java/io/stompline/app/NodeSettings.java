package io.stompline.app;

import io.stompline.config.JmsSettings;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.deflate.CompressionSettings;
import io.stompline.gateway.StopPlan;
import io.stompline.http.HttpSettings;
import io.stompline.inbox.InboxSettings;
import io.stompline.routing.hub.Routes;
import io.stompline.security.SecuritySettings;
import io.stompline.security.host.AllowedHost;
import io.stompline.security.rules.RuleSettings;
import io.stompline.session.port.ApplicationLimits;
import io.stompline.session.protocol.SessionLimits;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one node, typed and checked.
 *
 * @param limits of every connection
 * @param security who gets in and what they may do
 * @param logins how credentials are checked that the application does not check
 * @param hosts that clients may ask for; empty for all
 * @param usersFile the file of users; empty if the application knows them
 * @param rules where the access rules are
 * @param jms how the message broker is reached
 * @param transactedFactory JNDI name of the connection factory for publishing in transactions
 * @param writerThreads threads that send to clients
 * @param routes which way messages go
 * @param keepers what is kept of messages
 * @param inbox where messages are kept for users
 * @param compression which messages are compressed
 * @param stop how connections end when the server stops
 * @param path of the endpoint, below the context root
 * @param http sessions over plain HTTP
 * @param help the page that {@code help} headers name; empty for the guide of the application
 */
record NodeSettings(
        SessionLimits limits,
        SecuritySettings security,
        LoginChecks.Options logins,
        List<AllowedHost> hosts,
        Optional<String> usersFile,
        RuleSettings rules,
        JmsSettings jms,
        String transactedFactory,
        int writerThreads,
        Routes.Options routes,
        Keepers.Options keepers,
        InboxSettings inbox,
        CompressionSettings compression,
        StopPlan stop,
        ApplicationLimits applicationLimits,
        String path,
        HttpSettings http,
        Optional<String> help) {
    /**
     * Reads all settings, then checks them.
     *
     * @throws IllegalArgumentException naming every fault
     */
    static NodeSettings read(Settings settings) {
        NodeSettings all = new NodeSettings(
                SessionLimits.from(settings),
                SecuritySettings.from(settings),
                LoginChecks.Options.from(settings),
                settings.list(Setting.HOSTS, AllowedHost::of, AllowedHost.EXAMPLES),
                settings.text(Setting.USERS_FILE),
                RuleSettings.from(settings),
                JmsSettings.from(settings),
                settings.text(Setting.JMS_TRANSACTED_CONNECTION_FACTORY).orElseThrow(),
                settings.number(Setting.WRITER_THREADS),
                Routes.Options.from(settings),
                Keepers.Options.from(settings),
                InboxSettings.from(settings),
                CompressionSettings.from(settings),
                StopPlan.from(settings),
                new ApplicationLimits(settings.time(Setting.HANDLER_TIMEOUT)),
                settings.path(Setting.PATH),
                HttpSettings.from(settings),
                settings.text(Setting.HELP));
        settings.check();
        return all;
    }
}
