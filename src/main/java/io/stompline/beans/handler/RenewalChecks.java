package io.stompline.beans.handler;

import io.stompline.api.StompCaller;
import io.stompline.api.StompRenewalCheck;
import io.stompline.beans.sessions.ClientViews;
import io.stompline.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Asks the beans of the application whether a token may be renewed. Thread-safe. */
@ApplicationScoped
public class RenewalChecks {
    private static final System.Logger LOG = System.getLogger(RenewalChecks.class.getName());

    @Inject
    @Any
    private Instance<StompRenewalCheck> checks;

    /** Whether all permit it; one that fails does not. */
    boolean permit(Caller before, Caller after) {
        StompCaller former = ClientViews.of(before);
        StompCaller newer = ClientViews.of(after);
        for (Instance.Handle<StompRenewalCheck> handle : checks.handles()) {
            if (!permits(handle, former, newer)) {
                return false;
            }
        }
        return true;
    }

    private static boolean permits(Instance.Handle<StompRenewalCheck> check, StompCaller former, StompCaller newer) {
        try {
            return check.get().permits(former, newer);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the renewal check " + check.getBean().getBeanClass().getName()
                            + " failed, which counts as a refusal",
                    e);
            return false;
        } finally {
            if (check.getBean().getScope() == Dependent.class) {
                check.destroy();
            }
        }
    }
}
