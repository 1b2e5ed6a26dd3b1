package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityStoreAuthenticatorTest {
    private static final Credentials.Passcode ANN = new Credentials.Passcode("ann", "right");

    /** What the container finds of a type. */
    private record Found<T>(List<T> all) implements Instance<T> {
        @Override
        public T get() {
            return all.get(0);
        }

        @Override
        public Iterator<T> iterator() {
            return all.iterator();
        }

        @Override
        public boolean isUnsatisfied() {
            return all.isEmpty();
        }

        @Override
        public boolean isAmbiguous() {
            return all.size() > 1;
        }

        @Override
        public Instance<T> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Instance<U> select(Class<U> type, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Instance<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void destroy(T instance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Handle<T> getHandle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<? extends Handle<T>> handles() {
            return all.stream().map(Found::handle).toList();
        }

        /** That knows its class. */
        @SuppressWarnings("unchecked")
        private static <T> Handle<T> handle(T instance) {
            Bean<T> bean = answering(Bean.class, "getBeanClass", instance.getClass());
            return answering(Handle.class, "getBean", bean);
        }

        private static <X> X answering(Class<X> type, String method, Object answer) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                        assertThat(called.getName()).isEqualTo(method);
                        return answer;
                    }));
        }
    }

    /** An application's own. */
    private static final class Accounts implements IdentityStore {}

    private static Optional<Caller> authenticate(IdentityStoreHandler... handlers) {
        return new IdentityStoreAuthenticator(new Found<>(List.of(handlers)), new Found<IdentityStore>(List.of()))
                .authenticate(ANN);
    }

    @Test
    void store_rightPasscode_isTheCallerWithItsGroups() {
        assertThat(authenticate(shown -> {
                    UsernamePasswordCredential login = (UsernamePasswordCredential) shown;
                    return login.compareTo("ann", "right")
                            ? new CredentialValidationResult("Ann", Set.of("user", "writer"))
                            : CredentialValidationResult.INVALID_RESULT;
                }))
                .contains(new Caller("Ann", Set.of("user", "writer")));
    }

    @Test
    void store_wrongOrUnknown_isNobody() {
        assertThat(authenticate(shown -> CredentialValidationResult.INVALID_RESULT))
                .isEmpty();
        assertThat(authenticate(shown -> CredentialValidationResult.NOT_VALIDATED_RESULT))
                .isEmpty();
    }

    @Test
    void store_fails_isNobodyAndLoggedWithoutThePasscode() {
        try (LogLines log = new LogLines(IdentityStoreAuthenticator.class)) {
            assertThat(authenticate(shown -> {
                        throw new IllegalStateException("no database");
                    }))
                    .isEmpty();
            assertThat(log.warnings()).containsExactly("credentials could not be checked");
        }
    }

    @Test
    void store_noneOrSeveralHandlers_isNobody() {
        IdentityStoreHandler all = shown -> new CredentialValidationResult("ann", Set.of());
        assertThat(authenticate()).isEmpty();
        assertThat(authenticate(all, all)).isEmpty();
    }

    @Test
    void store_none_isAWarning() {
        try (LogLines log = new LogLines(IdentityStoreAuthenticator.class)) {
            new IdentityStoreAuthenticator(new Found<>(List.of()), new Found<>(List.of())).tellWhoChecks();
            assertThat(log.warnings()).singleElement().asString().contains("nobody can log in", "stompline.users.file");
        }
    }

    @Test
    void store_ofTheApplication_isNamed() {
        try (LogLines log = new LogLines(IdentityStoreAuthenticator.class)) {
            new IdentityStoreAuthenticator(new Found<>(List.of()), new Found<>(List.of(new Accounts())))
                    .tellWhoChecks();
            assertThat(log.all()).containsExactly("Login and passcode are checked by Accounts");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void store_besideAFileOfUsers_isAWarning() {
        try (LogLines log = new LogLines(IdentityStoreAuthenticator.class)) {
            new IdentityStoreAuthenticator(new Found<>(List.of()), new Found<>(List.of())).tellIfNotAsked();
            assertThat(log.all()).isEmpty();
            new IdentityStoreAuthenticator(new Found<>(List.of()), new Found<>(List.of(new Accounts())))
                    .tellIfNotAsked();
            assertThat(log.warnings())
                    .containsExactly(
                            "Accounts is not asked for login and passcode: stompline.users.file is set, and the"
                                    + " file wins (\"Logins\" in the guide)");
        }
    }
}
