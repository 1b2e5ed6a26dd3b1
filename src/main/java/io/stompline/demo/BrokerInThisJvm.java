package io.stompline.demo;

import com.sun.messaging.jmq.jmsclient.runtime.BrokerInstance;
import com.sun.messaging.jmq.jmsclient.runtime.ClientRuntime;
import com.sun.messaging.jmq.jmsclient.runtime.impl.BrokerInstanceImpl;

/**
 * The OpenMQ that the resource adapter has started in this JVM. No application needs this: a message broker that is
 * restarted by its operator looks the same to Stompline.
 */
final class BrokerInThisJvm {
    private BrokerInThisJvm() {}

    /** Whether there is one, running or not. */
    static boolean isThere() {
        try {
            return BrokerInstanceImpl.getInstance() != null;
        } catch (LinkageError none) {
            return false;
        }
    }

    /**
     * Shuts it down, which closes all connections, and starts another one with the same properties on the same store.
     * One thread at a time.
     */
    static void restart() throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        // The threads of the message broker keep it, and they outlive this application.
        thread.setContextClassLoader(BrokerInstanceImpl.class.getClassLoader());
        try {
            BrokerInstance old = BrokerInstanceImpl.getInstance();
            old.shutdown();
            BrokerInstance next = ClientRuntime.getRuntime().createBrokerInstance();
            next.init(old.getProperties(), old.getBrokerEventListener());
            next.start();
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
