package io.stompline.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/**
 * Users of test applications: any name with itself as password; {@code boss} is in the group {@code managers}. The check
 * of {@code unlucky} fails.
 */
@ApplicationScoped
public class TestUsers implements IdentityStore {
    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential login)
                || !login.compareTo(login.getCaller(), login.getCaller())) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        if (login.getCaller().equals("unlucky")) {
            throw new IllegalStateException("the database of users is away");
        }
        return new CredentialValidationResult(
                login.getCaller(), login.getCaller().equals("boss") ? Set.of("users", "managers") : Set.of("users"));
    }
}
