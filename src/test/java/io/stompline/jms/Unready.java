package io.stompline.jms;

import jakarta.jms.Connection;
import java.util.concurrent.CountDownLatch;

/**
 * A connection that lets senders wait until it is closed, as OpenMQ's does that was opened while the broker started;
 * with the rest it works.
 */
final class Unready implements Intercepted.Interceptor {
    private final CountDownLatch closed = new CountDownLatch(1);

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public Object on(Object target, String method, Intercepted.Call call) throws Throwable {
        if (method.equals("close") && target instanceof Connection) {
            closed.countDown();
        }
        if (method.equals("send")) {
            closed.await();
        }
        return call.carryOut();
    }
}
