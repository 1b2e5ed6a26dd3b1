package io.stompline.websocket.tyrus;

import io.stompline.bounds.OnceLog;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps which adaptations are active. Thread-safe.
 *
 * <p>The first failure of each is logged, a defence as WARNING. One that fails at a connection counts as missing until
 * a later connection has it: Grizzly may recycle a request while it is looked at.
 */
final class AdaptationReport {
    private static final System.Logger LOG = System.getLogger(AdaptationReport.class.getName());

    /** The system property with the line that was told last. */
    static final String TOLD = "io.stompline.adaptations";

    private final OnceLog failures = new OnceLog(LOG);
    private final Set<Adaptation> active = ConcurrentHashMap.newKeySet();

    /** A part of an adaptation that may find other classes than it knows. */
    @FunctionalInterface
    interface Step {
        void run() throws ReflectiveOperationException;
    }

    /** A step that has a result. */
    @FunctionalInterface
    interface Lookup<T> {
        T run() throws ReflectiveOperationException;
    }

    /** Carries out a step; without it, if it fails, the caller goes on. */
    void attempt(Adaptation adaptation, Step step) {
        var unused = find(adaptation, () -> {
            step.run();
            return true;
        });
    }

    /** The result of a step; empty if it fails. */
    <T> Optional<T> find(Adaptation adaptation, Lookup<T> step) {
        try {
            T found = step.run();
            active.add(adaptation);
            return Optional.of(found);
        } catch (InvocationTargetException e) {
            missing(adaptation, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            missing(adaptation, e.toString());
        }
        return Optional.empty();
    }

    /** Reports an adaptation as missing. */
    void missing(Adaptation adaptation, String reason) {
        active.remove(adaptation);
        failures.log(adaptation.isDefence() ? Level.WARNING : Level.INFO, adaptation, adaptation.missing(reason));
    }

    /** Logs which are active in these versions, once in a Java VM: the next deployment has other classes of ours. */
    void logActive(ServerVersions versions) {
        List<String> titles = active.stream().sorted().map(Adaptation::title).toList();
        String line = titles.size() + " of " + Adaptation.values().length + " adaptations to Tyrus " + versions.tyrus()
                + " and Grizzly " + versions.grizzly() + " are active"
                + (titles.isEmpty() ? "" : ": " + String.join(", ", titles));
        if (!line.equals(System.setProperty(TOLD, line))) {
            LOG.log(Level.INFO, line);
        }
    }

    int active() {
        return active.size();
    }

    int missingDefences() {
        return (int) Arrays.stream(Adaptation.values())
                .filter(adaptation -> adaptation.isDefence() && !active.contains(adaptation))
                .count();
    }
}
