package io.stompline.openmq;

import com.sun.messaging.jmq.jmsclient.SessionImpl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Loads the class of OpenMQ's client (seen in 6.5.1) that has static exceptions. They keep the classes on the stack of
 * the thread that loads it; were that a thread of an application, its class loader would stay after its end.
 */
final class ClientClasses {
    private static final Logger LOG = System.getLogger(ClientClasses.class.getName());

    private ClientClasses() {}

    /** Returns when it is loaded, by a thread that has no other classes on its stack. */
    static void load() {
        Thread apart = new Thread(ClientClasses::touch, "stompline-openmq");
        apart.start();
        try {
            apart.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any field that is no constant does it. */
    private static void touch() {
        LOG.log(Level.DEBUG, "OpenMQ starts transactions by itself: {0}", SessionImpl.autoStartTxn);
    }
}
