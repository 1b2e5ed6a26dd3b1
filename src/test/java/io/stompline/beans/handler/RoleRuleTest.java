package io.stompline.beans.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.Caller;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleRuleTest {
    @ParameterizedTest
    @CsvSource({
        "Plain, own, true, true",
        "Plain, managers, false, true",
        "Plain, nobody, false, false",
        "Plain, everybody, true, true",
        "Managers, own, false, true",
        "Managers, managers, false, true",
        "Managers, nobody, false, false",
        "Managers, everybody, true, true",
        "Nobody, own, false, false",
        "Nobody, managers, false, true",
        "Nobody, everybody, true, true"
    })
    void roles_ofTheMethod_comeBeforeThoseOfTheClass(String type, String method, boolean user, boolean manager)
            throws Exception {
        RoleRule rule = RoleRule.of(
                Class.forName(RoleRuleTest.class.getName() + "$" + type).getMethod(method));
        assertThat(rule.admits(new Caller("ann", Set.of("users")))).isEqualTo(user);
        assertThat(rule.admits(new Caller("boss", Set.of("users", "managers")))).isEqualTo(manager);
    }

    /** A bean without annotations of its class. */
    public static class Plain {
        public void own() {}

        @RolesAllowed({"managers", "auditors"})
        public void managers() {}

        @DenyAll
        public void nobody() {}

        @PermitAll
        public void everybody() {}
    }

    /** A bean for managers. */
    @RolesAllowed("managers")
    public static class Managers {
        public void own() {}

        @RolesAllowed("managers")
        public void managers() {}

        @DenyAll
        public void nobody() {}

        @PermitAll
        public void everybody() {}
    }

    /** A bean for nobody. */
    @DenyAll
    public static class Nobody {
        public void own() {}

        @RolesAllowed("managers")
        public void managers() {}

        @PermitAll
        public void everybody() {}
    }
}
