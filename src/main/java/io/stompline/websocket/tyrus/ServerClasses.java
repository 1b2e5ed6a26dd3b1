package io.stompline.websocket.tyrus;

import jakarta.servlet.ServletContext;
import java.util.Optional;

/**
 * Finds classes of the server, which an application may not see, by name. Thread-safe.
 *
 * @param tyrus sees Tyrus
 * @param web sees the servlet container
 */
record ServerClasses(ClassLoader tyrus, ClassLoader web) {
    /** The class loaders of these two objects of the server. */
    static ServerClasses of(Optional<Object> webSocketContainer, ServletContext context) {
        ClassLoader web = loader(context);
        return new ServerClasses(webSocketContainer.map(ServerClasses::loader).orElse(web), web);
    }

    private static ClassLoader loader(Object object) {
        return Optional.ofNullable(object.getClass().getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
    }

    /** A class of Tyrus. */
    Class<?> ofTyrus(String name) throws ClassNotFoundException {
        return tyrus.loadClass(name);
    }

    /** A class of the servlet container. */
    Class<?> ofWeb(String name) throws ClassNotFoundException {
        return web.loadClass(name);
    }
}
