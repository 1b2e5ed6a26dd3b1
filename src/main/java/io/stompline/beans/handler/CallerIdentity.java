package io.stompline.beans.handler;

import io.stompline.security.Caller;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Optional;
import javax.security.auth.Subject;

/**
 * Sets the caller in the container's security context of the calling thread, for the enterprise beans that a handler
 * calls and for {@code jakarta.security.enterprise.SecurityContext}. Thread-safe.
 *
 * <p>The latter asks the policy of the web application (Jakarta Authorization) for roles, which the container names to
 * the threads of HTTP requests only: its name is noted at the first, a handshake at the latest.
 *
 * <p>Jakarta EE 10 has no API to set a caller outside of an HTTP request. The class of Payara and GlassFish is used
 * (seen in Payara 6.2025.10 and 7.2026.11); on another server only the roles of the handler itself are checked ({@link
 * RoleRule}).
 */
final class CallerIdentity {
    private static final System.Logger LOG = System.getLogger(CallerIdentity.class.getName());

    /** An action to run as a caller. */
    @FunctionalInterface
    interface Invocation {
        Object run() throws Throwable;
    }

    /** The members used of the security context, its principals, and jakarta.security.jacc.PolicyContext. */
    private record Payara(
            Constructor<?> context,
            Constructor<?> group,
            Constructor<?> principal,
            Method current,
            Method setCurrent,
            Method policy,
            Method setPolicy) {}

    private final Optional<Payara> payara = find();

    /** Null until the first HTTP request. */
    private volatile String policyOfWebApplication;

    /** Notes the policy; called on the thread of an HTTP request. */
    void notePolicy() {
        if (policyOfWebApplication == null && payara.isPresent()) {
            try {
                policyOfWebApplication = (String) payara.get().policy().invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Runs an action as this caller on the calling thread; without the caller if the server is not Payara or GlassFish.
     *
     * @throws Throwable as thrown by the action
     */
    Object as(Caller caller, Invocation invocation) throws Throwable {
        if (payara.isEmpty()) {
            return invocation.run();
        }
        Payara security = payara.get();
        Object before = security.current().invoke(null);
        Object policyBefore = security.policy().invoke(null);
        security.setCurrent().invoke(null, context(caller, security));
        security.setPolicy().invoke(null, policyOfWebApplication);
        try {
            return invocation.run();
        } finally {
            security.setPolicy().invoke(null, policyBefore);
            security.setCurrent().invoke(null, before);
        }
    }

    private static Object context(Caller caller, Payara security) throws ReflectiveOperationException {
        Subject subject = new Subject();
        subject.getPrincipals().add((Principal) security.principal().newInstance(caller.name()));
        for (String group : caller.groups()) {
            subject.getPrincipals().add((Principal) security.group().newInstance(group));
        }
        return security.context().newInstance(caller.name(), subject);
    }

    /** Payara 7 has another one than Payara 6. */
    private static Class<?> principalType() throws ClassNotFoundException {
        try {
            return Class.forName("org.glassfish.security.common.PrincipalImpl");
        } catch (ClassNotFoundException newer) {
            return Class.forName("org.glassfish.security.common.UserNameAndPassword");
        }
    }

    private static Optional<Payara> find() {
        try {
            Class<?> context = Class.forName("com.sun.enterprise.security.SecurityContext");
            Class<?> policy = Class.forName("jakarta.security.jacc.PolicyContext");
            return Optional.of(new Payara(
                    context.getConstructor(String.class, Subject.class),
                    Class.forName("org.glassfish.security.common.Group").getConstructor(String.class),
                    principalType().getConstructor(String.class),
                    context.getMethod("getCurrent"),
                    context.getMethod("setCurrent", context),
                    policy.getMethod("getContextID"),
                    policy.getMethod("setContextID", String.class)));
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the caller of a handler is not passed on to enterprise beans ({0}): their roles are checked for an anonymous"
                            + " caller",
                    e.toString());
            return Optional.empty();
        }
    }
}
