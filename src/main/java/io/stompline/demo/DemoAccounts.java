package io.stompline.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Map;
import java.util.Set;

/**
 * The accounts of the demo: user1, user2 and admin, passwords equal to the names. Never part of {@code stompline.war}.
 */
@ApplicationScoped
public class DemoAccounts implements IdentityStore {
    /** A regular expression of the names. */
    static final String NAMES = "user1|user2|admin";

    private static final Map<String, Set<String>> GROUPS =
            Map.of("user1", Set.of("user"), "user2", Set.of("user"), "admin", Set.of("user", "admin"));

    /** Called by the container for logins with name and password. */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        String name = credential.getCaller();
        if (!GROUPS.containsKey(name) || !credential.compareTo(name, name)) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(name, GROUPS.get(name));
    }
}
