package io.stompline.app;

import io.stompline.config.Setting;
import io.stompline.security.token.JwtVerifier;
import io.stompline.security.token.TokenSettings;
import io.stompline.security.token.TokenVerifier;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Makes the check of tokens that the settings describe. */
final class TokenCheck {
    private static final System.Logger LOG = System.getLogger(TokenCheck.class.getName());

    private TokenCheck() {}

    /**
     * A verifier of tokens; without settings one that takes none.
     *
     * @param threads of the one thread that fetches keys
     * @throws IllegalArgumentException if there are no keys, naming the setting
     */
    static TokenVerifier of(Optional<TokenSettings> settings, ThreadFactory threads, OpenParts open) {
        return settings.map(set -> made(set, threads, open)).orElse(TokenVerifier.NONE);
    }

    private static TokenVerifier made(TokenSettings settings, ThreadFactory threads, OpenParts open) {
        try {
            ExecutorService reader = Executors.newSingleThreadExecutor(withoutApplication(threads));
            open.add(reader::shutdownNow);
            JwtVerifier verifier = JwtVerifier.of(settings, reader, System::nanoTime, InstantSource.system());
            open.add(verifier::close);
            return verifier;
        } catch (IllegalArgumentException noKeys) {
            return refused(settings, noKeys);
        } catch (NoClassDefFoundError e) {
            return refused(
                    settings,
                    new IllegalArgumentException(
                            Setting.TOKEN_KEYS.key() + ": this server has no Nimbus JOSE + JWT, which Payara has; put"
                                    + " com.nimbusds:nimbus-jose-jwt into the application",
                            e));
        }
    }

    /** A set-up of MicroProfile JWT may be for HTTP only, and must not stop an application that has no tokens here. */
    private static TokenVerifier refused(TokenSettings settings, IllegalArgumentException fault) {
        if (settings.required()) {
            throw fault;
        }
        LOG.log(System.Logger.Level.WARNING, "tokens are refused: {0}", fault.getMessage());
        return TokenVerifier.NONE;
    }

    /** The thread, and those that the HTTP client makes on it, must not keep the class loader of the application. */
    private static ThreadFactory withoutApplication(ThreadFactory threads) {
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        };
    }
}
