package io.stompline.websocket.tyrus;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Tells when the client of an answer that goes on has closed the socket.
 *
 * <p>Grizzly (seen in 4.0.2) does not read from a socket while it answers, so that it would notice when a write fails,
 * which for a quiet client is after a minute. Payara (seen in 6.2025.10) tells no {@code AsyncListener} of it.
 *
 * @param gone run when the socket is closed, on a thread of the server
 */
record EndNotice(Runnable gone) implements InvocationHandler {
    private static final String ADD = "addCloseListener";
    private static final String ENABLE = "enableIOEvent";
    private static final String READ = "READ";

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        Class<?> connection = GrizzlySocket.connectionType(server);
        method(connection, ADD);
        read(method(connection, ENABLE));
    }

    /**
     * Watches that of a {@link GrizzlySocket#connection}, and reads from it. Called when the thread that took the
     * request has left it; the request has to be the last one of the socket.
     */
    void apply(Object connection) throws ReflectiveOperationException {
        Method add = method(connection.getClass(), ADD);
        Class<?> type = add.getParameterTypes()[0];
        add.invoke(connection, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
        Method enable = method(connection.getClass(), ENABLE);
        enable.invoke(connection, read(enable));
    }

    /** Of several types of listeners any will do. */
    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 1) {
                return method;
            }
        }
        throw new NoSuchMethodException(type.getName() + '.' + name);
    }

    private static Object read(Method enable) throws NoSuchFieldException {
        for (Object event : enable.getParameterTypes()[0].getEnumConstants()) {
            if (event.toString().equals(READ)) {
                return event;
            }
        }
        throw new NoSuchFieldException(READ);
    }

    /** An event of the socket, or a method of all objects. */
    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy's equals() would come here again
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> getClass().getName();
            default -> {
                gone.run();
                yield null;
            }
        };
    }
}
