package io.stompline.websocket.tyrus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The versions of the server's parts as their jars tell them, each "unknown" if it does not.
 *
 * @param tyrus of the WebSocket implementation
 * @param grizzly of the HTTP implementation
 */
record ServerVersions(String tyrus, String grizzly) {
    private static final String UNKNOWN = "unknown";
    private static final String TYRUS_POM = "META-INF/maven/org.glassfish.tyrus/tyrus-core/pom.properties";
    private static final String GRIZZLY = "org.glassfish.grizzly.Grizzly";

    /** Reads them. */
    static ServerVersions of(ServerClasses server) {
        return new ServerVersions(tyrusVersion(server), grizzlyVersion(server));
    }

    private static String tyrusVersion(ServerClasses server) {
        try (InputStream pom = server.tyrus().getResourceAsStream(TYRUS_POM)) {
            if (pom == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(pom);
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException | RuntimeException unreadable) {
            return UNKNOWN;
        }
    }

    /** Not from the manifest: in Payara's jar it has Payara's version. */
    private static String grizzlyVersion(ServerClasses server) {
        try {
            return String.valueOf(
                    server.ofWeb(GRIZZLY).getMethod("getDotedVersion").invoke(null));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unreadable) {
            return UNKNOWN;
        }
    }
}
