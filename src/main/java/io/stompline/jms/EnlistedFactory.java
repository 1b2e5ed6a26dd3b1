package io.stompline.jms;

import io.stompline.config.Setting;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.ConnectionFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the container's connection factory whose sessions join the transaction of the calling thread. Thread-safe.
 *
 * <p>Payara 6.2025.10 ends a transaction after it has left the bean, and enlists a connection that is taken in {@code
 * beforeCompletion} in the transaction of whatever component is then on top: in none if that is a servlet, in the
 * caller's for an inner transaction. With the suffix {@code __pm}, which its own JMSContext uses too, it asks the
 * transaction manager instead. Servers that do not know the suffix have the plain name looked up.
 */
final class EnlistedFactory {
    private static final System.Logger LOG = System.getLogger(EnlistedFactory.class.getName());
    private static final String OF_THE_THREAD = "__pm";

    private final String plain;
    private volatile String found;

    EnlistedFactory(String jndiName) {
        this.plain = jndiName;
        this.found = jndiName + OF_THE_THREAD;
    }

    /**
     * Looks the factory up, at each call: the container pools behind it.
     *
     * @throws BusException REFUSED if there is none
     */
    ConnectionFactory get() {
        String name = found;
        try {
            return lookUp(name);
        } catch (NamingException e) {
            if (name.equals(plain)) {
                throw unknown(e);
            }
        }
        return getPlain();
    }

    private ConnectionFactory getPlain() {
        try {
            ConnectionFactory factory = lookUp(plain);
            found = plain;
            LOG.log(
                    System.Logger.Level.INFO,
                    "there is no {0}{1}: whether what is published while a transaction completes belongs to it is left"
                            + " to the server",
                    plain,
                    OF_THE_THREAD);
            return factory;
        } catch (NamingException e) {
            throw unknown(e);
        }
    }

    private BusException unknown(NamingException e) {
        return new BusException(
                Reason.REFUSED,
                "there is no connection factory " + plain + " (" + Setting.JMS_TRANSACTED_CONNECTION_FACTORY.key()
                        + ")",
                e);
    }

    @SuppressWarnings("BanJNDI") // a name from the settings
    private static ConnectionFactory lookUp(String name) throws NamingException {
        return InitialContext.doLookup(name);
    }
}
