package io.stompline.application;

import io.stompline.api.OnSend;
import io.stompline.api.Variable;
import jakarta.enterprise.context.ApplicationScoped;

/** Handlers that cannot be deployed. */
public final class Mistakes {
    private Mistakes() {}

    /** Cannot be deployed. */
    @ApplicationScoped
    public static class Twice {
        /** One. */
        @OnSend("/app/twice/{a}")
        public void one(@Variable("a") String a) {}

        /** The same destination. */
        @OnSend("/app/twice/{b}")
        public void two(@Variable("b") String b) {}
    }

    /** A handler to inherit. */
    public abstract static class Shared {
        /** Of which bean? */
        @OnSend("/app/shared")
        public void shared() {}
    }

    /** Cannot be deployed beside the other. */
    @ApplicationScoped
    public static class OneHeir extends Shared {}

    /** Cannot be deployed beside the one. */
    @ApplicationScoped
    public static class OtherHeir extends Shared {}

    /** Cannot be deployed. */
    @ApplicationScoped
    public static class Unknown {
        /** There is no such variable. */
        @OnSend("/app/unknown")
        public void unknown(@Variable("nothing") String nothing) {}
    }
}
