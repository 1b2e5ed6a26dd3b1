package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.reflect.Method;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;

/**
 * Drops Tyrus' references to the handshake of an open connection.
 *
 * <p>Tyrus (seen in 2.1.5) uses request and response no more, but keeps both, 2.6 KiB, for as long as the connection
 * lasts.
 */
final class HandshakeRelease {
    private HandshakeRelease() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        preInit(server.ofTyrus(AdaptedUpgrade.TYRUS_HANDLER));
    }

    /** Called after {@code init}, with what {@code preInit} was told before. */
    static void apply(HttpUpgradeHandler tyrus, boolean authenticated) throws ReflectiveOperationException {
        preInit(tyrus.getClass()).invoke(tyrus, null, null, authenticated);
    }

    private static Method preInit(Class<?> tyrus) throws NoSuchMethodException {
        return tyrus.getMethod("preInit", UpgradeInfo.class, Writer.class, boolean.class);
    }
}
