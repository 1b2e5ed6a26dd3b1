package io.stompline.inbox;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The settings of this package.
 *
 * @param dataSource JNDI name of the application's database; empty if nothing is kept
 * @param maxPerUser messages that are kept for one user
 */
public record InboxSettings(Optional<String> dataSource, int maxPerUser) {
    /** As the settings say. */
    public static InboxSettings from(Settings settings) {
        return new InboxSettings(settings.text(Setting.INBOX_DATA_SOURCE), settings.number(Setting.INBOX_MAX_PER_USER));
    }

    /**
     * Finds the database, which need not be up. On a thread of the application, for names below {@code java:}.
     *
     * @return empty if none is set
     * @throws IllegalArgumentException if there is no data source of that name
     */
    public Optional<DataSource> find() {
        return dataSource.map(InboxSettings::lookUp);
    }

    @SuppressWarnings("BanJNDI") // The name is the administrator's, and stays inside this server.
    private static DataSource lookUp(String name) {
        try {
            Object found = InitialContext.doLookup(name);
            if (found instanceof DataSource source) {
                return source;
            }
            throw new IllegalArgumentException(
                    Setting.INBOX_DATA_SOURCE.key() + " names " + name + ", which is no javax.sql.DataSource but "
                            + found.getClass().getName());
        } catch (NamingException e) {
            throw new IllegalArgumentException(
                    Setting.INBOX_DATA_SOURCE.key() + " names " + name + ", and the server has no such data source: "
                            + e.getMessage(),
                    e);
        }
    }
}
