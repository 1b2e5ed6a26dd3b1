package io.stompline.security;

import io.stompline.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks credentials with the identity stores of the application (Jakarta Security 3.0, 3.3). Without a store every
 * login is refused.
 */
@ApplicationScoped
public class IdentityStoreAuthenticator implements Authenticator {
    private static final System.Logger LOG = System.getLogger(IdentityStoreAuthenticator.class.getName());

    private static final String NO_STORE =
            "nobody can log in with login and passcode: the application has no identity store; set "
                    + Setting.USERS_FILE.key() + ", or put a bean that implements"
                    + " jakarta.security.enterprise.identitystore.IdentityStore into it (\"Logins\" in the guide)";

    private static final String NOT_ASKED = " is not asked for login and passcode: " + Setting.USERS_FILE.key()
            + " is set, and the file wins (\"Logins\" in the guide)";

    /** Payara (seen in 6.2025.10) has some stores in every application, which know no passwords until asked to. */
    private static final String OF_SERVER = "(fish\\.payara|org\\.glassfish)\\..*";

    /** Made for an annotation such as {@code @DatabaseIdentityStoreDefinition}, or the container's own handler. */
    private static final String OF_DEFINITION = "(java|jakarta)\\..*";

    private Instance<IdentityStoreHandler> handlers;
    private Instance<IdentityStore> stores;

    /** For the proxy of the container. */
    IdentityStoreAuthenticator() {}

    @Inject
    IdentityStoreAuthenticator(Instance<IdentityStoreHandler> handlers, Instance<IdentityStore> stores) {
        this.handlers = handlers;
        this.stores = stores;
    }

    /** Says who checks logins; warns if none can succeed. */
    public void tellWhoChecks() {
        List<String> checking = ofApplication();
        if (checking.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, NO_STORE);
        } else {
            LOG.log(System.Logger.Level.INFO, "Login and passcode are checked by " + String.join(", ", checking));
        }
    }

    /** Warns if the application has what the file of users keeps from being asked. */
    public void tellIfNotAsked() {
        List<String> idle = ofApplication();
        if (!idle.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, String.join(", ", idle) + NOT_ASKED);
        }
    }

    /** The classes that can check passcodes; a handler of the application's own may need no store. */
    private List<String> ofApplication() {
        return Stream.concat(
                        classes(handlers).filter(type -> !type.getName().matches(OF_SERVER + "|" + OF_DEFINITION)),
                        classes(stores).filter(type -> !type.getName().matches(OF_SERVER)))
                .map(Class::getSimpleName)
                .distinct()
                .toList();
    }

    private static Stream<Class<?>> classes(Instance<?> beans) {
        return beans.handlesStream().map(handle -> handle.getBean().getBeanClass());
    }

    @Override
    public Optional<Caller> authenticate(Credentials.Passcode passcode) {
        if (!handlers.isResolvable()) {
            return Optional.empty();
        }
        try {
            CredentialValidationResult result =
                    handlers.get().validate(new UsernamePasswordCredential(passcode.login(), passcode.passcode()));
            return result.getStatus() == CredentialValidationResult.Status.VALID
                    ? Optional.of(new Caller(result.getCallerPrincipal().getName(), result.getCallerGroups()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "credentials could not be checked", e);
            return Optional.empty();
        }
    }
}
