package io.stompline.jms.provider;

import io.stompline.config.JmsSettings;
import io.stompline.config.Setting;
import jakarta.jms.ConnectionFactory;
import java.lang.reflect.Method;

/**
 * A connection factory of OpenMQ's resource adapter: whatever an application server gives for its own OpenMQ.
 *
 * <p>In a web application its connections take no message listener, one session each and no acknowledgement by the
 * client (Jakarta Messaging 3.1, "Restrictions on the use of the Messaging API in the Jakarta EE web or EJB
 * container"). Only its address and user are read: Stompline makes connections of its own to the same
 * broker, as the same user.
 */
final class ManagedFactory {
    private static final String PACKAGE = "com.sun.messaging.jms.ra.";

    private ManagedFactory() {}

    static boolean is(ConnectionFactory factory) {
        return factory.getClass().getName().startsWith(PACKAGE);
    }

    /**
     * The provider of unmanaged connections to the message broker of a factory.
     *
     * @throws IllegalStateException if the factory does not tell its address
     */
    static OpenMqProvider provider(ConnectionFactory factory, JmsSettings settings) {
        Object configuration = call(factory, "getMCF");
        return new OpenMqProvider(
                (String) call(configuration, "getAddressList"),
                BrokerCredentials.from(settings).orElse(credentials(configuration)),
                settings.requestTimeout(),
                settings.prefetch());
    }

    private static BrokerCredentials credentials(Object configuration) {
        return call(configuration, "getUserName") instanceof String user
                ? BrokerCredentials.of(user, (String) call(configuration, "getPassword"))
                : BrokerCredentials.none();
    }

    /** The adapter offers no other way, and a server may load its classes more than once: a cast would fail. */
    private static Object call(Object target, String getter) {
        try {
            Method method = target.getClass().getDeclaredMethod(getter);
            method.setAccessible(true);
            return method.invoke(target);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "the connection factory does not tell the address of its message broker: set "
                            + Setting.JMS_ADDRESS.key() + " instead",
                    e);
        }
    }
}
