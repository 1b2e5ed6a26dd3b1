package io.stompline.threads;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Makes the threads of this application, with names that say their purpose. */
public final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private Threads() {}

    /** Plain threads that do not keep the server from ending. */
    public static ThreadFactory plain(String purpose) {
        return named(purpose, Thread::new);
    }

    /**
     * Threads of the container, which give beans their JNDI names, transactions and class loader (Jakarta Concurrency
     * 3.0, "ManagedThreadFactory"). Plain threads if the container has no factory.
     */
    @SuppressWarnings("BanJNDI") // a constant name
    public static ThreadFactory container(String purpose) {
        try {
            ManagedThreadFactory factory = InitialContext.doLookup("java:comp/DefaultManagedThreadFactory");
            return named(purpose, factory);
        } catch (NamingException e) {
            LOG.log(System.Logger.Level.INFO, "handlers run on plain threads: {0}", e.getMessage());
            return plain(purpose);
        }
    }

    /** Reads the CPU time of a thread, ns; elapsed time if the JVM cannot tell. */
    public static ToLongFunction<Thread> cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isThreadCpuTimeSupported()) {
            return thread -> System.nanoTime();
        }
        return thread -> {
            long nanos = threads.getThreadCpuTime(thread.getId());
            return nanos < 0 ? System.nanoTime() : nanos;
        };
    }

    private static ThreadFactory named(String purpose, ThreadFactory factory) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setName("stompline-" + purpose + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
