package io.stompline.jms.feed;

import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Acknowledges on the listener's thread, which waits until its message is settled: all that the standard allows.
 *
 * <p>{@code Message.acknowledge} settles everything the session has delivered, so there is never more than one message.
 */
final class ListenerAcknowledgements implements Acknowledgements {
    private final JmsProvider provider;
    private Thread listener;
    private FutureTask<Void> request;
    private boolean settled;
    private boolean closed;

    ListenerAcknowledgements(JmsProvider provider) {
        this.provider = provider;
    }

    @Override
    public boolean acknowledge(Message message) throws JMSException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            provider.acknowledge(message);
            return null;
        });
        if (ask(task)) {
            task.run();
        }
        return awaitOutcome(task);
    }

    @Override
    public synchronized void beforeReceiver() {
        listener = Thread.currentThread();
        request = null;
        settled = false;
    }

    @Override
    public void afterReceiver() {
        FutureTask<Void> task = awaitRequest();
        if (task != null) {
            task.run();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (request != null) {
            request.cancel(false);
        }
        notifyAll();
    }

    /** Leaves the task to the listener; true if the caller is the listener. */
    private synchronized boolean ask(FutureTask<Void> task) {
        if (closed) {
            task.cancel(false);
            return false;
        }
        if (Thread.currentThread().equals(listener)) {
            settled = true;
            return true;
        }
        request = task;
        notifyAll();
        return false;
    }

    private synchronized FutureTask<Void> awaitRequest() {
        try {
            while (request == null && !settled && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return request;
    }

    /** Whether it was carried out; if not, the session is closing and gives the message back. */
    private static boolean awaitOutcome(FutureTask<Void> task) throws JMSException {
        try {
            task.get();
            return true;
        } catch (CancellationException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JMSException cause) {
                throw cause;
            }
            throw failure("the acknowledgement failed", e);
        }
    }

    private static JMSException failure(String text, Exception cause) {
        JMSException failure = new JMSException(text);
        failure.initCause(cause);
        return failure;
    }
}
