package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.reflect.Method;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;

/**
 * Drops Tyrus' references to the handshake of an open connection.
 *
 * <p>Tyrus (seen in 2.1.5) uses request and response no more, but keeps both, 2.6 KiB, for as long as the connection
 * lasts. It also forgets that the user is known: Tyrus would close the newest connection of an HTTP session with it,
 * where the endpoint's listener closes all of them and says why.
 */
final class HandshakeRelease {
    private HandshakeRelease() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        preInit(server.ofTyrus(AdaptedUpgrade.TYRUS_HANDLER));
    }

    /** Called after {@code init}. */
    static void apply(HttpUpgradeHandler tyrus) throws ReflectiveOperationException {
        preInit(tyrus.getClass()).invoke(tyrus, null, null, false);
    }

    private static Method preInit(Class<?> tyrus) throws NoSuchMethodException {
        return tyrus.getMethod("preInit", UpgradeInfo.class, Writer.class, boolean.class);
    }
}
