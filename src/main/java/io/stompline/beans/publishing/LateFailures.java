package io.stompline.beans.publishing;

import io.stompline.routing.BusException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Failures to publish after a commit, for the caller of the bean: the bean itself has returned. Thread-safe; each
 * thread sees its own.
 */
@ApplicationScoped
public class LateFailures {
    /** Does nothing on a thread without a watch: threads of the server must not keep our objects. */
    private static final ThreadLocal<List<BusException>> WATCHED = new ThreadLocal<>();

    /** Begins to collect what fails on this thread. */
    public void watch() {
        WATCHED.set(new ArrayList<>());
    }

    /** Ends that; the first failure, if there was one. */
    public Optional<BusException> unwatch() {
        List<BusException> failures = WATCHED.get();
        WATCHED.remove();
        return failures.stream().findFirst();
    }

    void note(BusException failure) {
        List<BusException> failures = WATCHED.get();
        if (failures != null) {
            failures.add(failure);
        }
    }
}
