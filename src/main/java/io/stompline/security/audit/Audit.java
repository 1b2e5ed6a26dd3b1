package io.stompline.security.audit;

import io.stompline.bounds.Printable;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells of each refusal by one line in the log and one call of the listener, and of ended sessions by a line.
 * Thread-safe; calls the listener without a lock.
 *
 * <p>A stranger chooses how often he is refused: of one address no more than 60 refusals in a minute are told, of all
 * addresses 1,000. A line says afterwards how many others there were.
 */
public final class Audit {
    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    /** Of a user's name, and of a reason, which names a destination. */
    private static final int MAX_CHARS = 1_000;

    private final Consumer<Refused> listener;
    private final RefusalBudget budget;

    /** Nothing was refused yet. */
    public Audit(Consumer<Refused> listener, LongSupplier nanoClock) {
        this.listener = listener;
        this.budget = new RefusalBudget(nanoClock);
    }

    /** Something was refused. */
    public void refused(Refused refused) {
        refused(refused, () -> listener.accept(refused));
    }

    /**
     * Something was refused for which the listener has another call.
     *
     * @param event that call
     */
    public void refused(Refused refused, Runnable event) {
        tell(refused, Optional.empty(), event);
    }

    /**
     * Something was refused that is refused again and again, such as the requests of one page: told once a minute.
     *
     * @param subject what it is about
     */
    public void refusedAgain(Refused refused, String subject) {
        tell(refused, Optional.of(subject), () -> listener.accept(refused));
    }

    /** {@code StompSessions} ended sessions; a sentence. */
    public void ended(String sentence) {
        LOG.log(Level.INFO, Printable.of(sentence));
    }

    private void tell(Refused refused, Optional<String> subject, Runnable event) {
        budget.untold()
                .ifPresent(count -> LOG.log(
                        Level.WARNING,
                        "refused: " + count
                                + " more since the last such minute began, of which no line and no event tells"));
        if (budget.admits(refused.address(), subject)) {
            LOG.log(refused.what().isOfSettings() ? Level.WARNING : Level.INFO, line(refused));
            event.run();
        }
    }

    private static String line(Refused refused) {
        String session = refused.sessionId().isEmpty() ? "" : ", session " + refused.sessionId();
        return "refused: " + refused.what().word() + ", user "
                + cut(refused.user().orElse("unknown")) + ", address " + refused.address() + session
                + ": " + cut(refused.reason());
    }

    private static String cut(String strangersWords) {
        return Printable.of(strangersWords.substring(0, Math.min(strangersWords.length(), MAX_CHARS)));
    }
}
