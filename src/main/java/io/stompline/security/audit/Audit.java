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
 * <p>Clients choose how often they are refused: of one address no more than 60 refusals in a minute are told, of all
 * addresses 1,000; and of users who logged in as many again, 60 of one user, which strangers cannot use up. A line says
 * afterwards how many others there were. Acts of administrators are always reported.
 */
public final class Audit {
    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    /** Of a user's name, and of a reason, which names a destination. */
    private static final int MAX_CHARS = 1_000;

    private final Consumer<Refused> listener;
    private final RefusalBudget ofStrangers;
    private final RefusalBudget ofUsers;

    /** Nothing was refused yet. */
    public Audit(Consumer<Refused> listener, LongSupplier nanoClock) {
        this.listener = listener;
        this.ofStrangers = new RefusalBudget(nanoClock);
        this.ofUsers = new RefusalBudget(nanoClock);
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
        tellUntold(ofStrangers, "before a login");
        tellUntold(ofUsers, "to users who logged in");
        RefusalBudget budget = refused.what().isOfUsers() ? ofUsers : ofStrangers;
        if (budget.admits(refused.whose(), subject)) {
            LOG.log(refused.what().isOfSettings() ? Level.WARNING : Level.INFO, line(refused));
            event.run();
        }
    }

    private static void tellUntold(RefusalBudget budget, String toWhom) {
        budget.untold()
                .ifPresent(count -> LOG.log(
                        Level.WARNING,
                        "refused: " + count + " more " + toWhom
                                + " since the last such minute began, of which no line and no event tells"));
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
