package io.stompline.beans.handler;

import io.stompline.security.Caller;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The callers that may call a handler method, by the annotations of Jakarta Annotations 2.1 (2.12): the method's
 * own, or else the class's. A caller's groups are its roles.
 *
 * @param roles of which the caller needs one; nothing if everybody may call
 */
record RoleRule(Optional<Set<String>> roles) {
    static RoleRule of(Method method) {
        return of((AnnotatedElement) method)
                .or(() -> of((AnnotatedElement) method.getDeclaringClass()))
                .orElse(new RoleRule(Optional.empty()));
    }

    boolean admits(Caller caller) {
        return roles.isEmpty() || !Collections.disjoint(roles.get(), caller.groups());
    }

    private static Optional<RoleRule> of(AnnotatedElement element) {
        if (element.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(new RoleRule(Optional.of(Set.of())));
        }
        if (element.isAnnotationPresent(PermitAll.class)) {
            return Optional.of(new RoleRule(Optional.empty()));
        }
        return Optional.ofNullable(element.getAnnotation(RolesAllowed.class))
                .map(allowed -> new RoleRule(Optional.of(Set.of(allowed.value()))));
    }
}
