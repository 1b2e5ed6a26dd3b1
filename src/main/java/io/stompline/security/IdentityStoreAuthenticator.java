package io.stompline.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Optional;

/**
 * Checks credentials with the identity stores of the application (Jakarta Security 3.0, 3.3). Without any, nobody gets
 * in.
 */
@ApplicationScoped
public class IdentityStoreAuthenticator implements Authenticator {
    private static final System.Logger LOG = System.getLogger(IdentityStoreAuthenticator.class.getName());

    @Inject
    private Instance<IdentityStoreHandler> handlers;

    @Override
    public Optional<Caller> authenticate(Credentials.Passcode passcode) {
        if (!handlers.isResolvable()) {
            LOG.log(System.Logger.Level.WARNING, "nobody can log in: the application has no identity store");
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
