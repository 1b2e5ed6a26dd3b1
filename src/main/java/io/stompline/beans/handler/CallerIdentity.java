package io.stompline.beans.handler;

import io.stompline.security.Caller;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Optional;
import javax.security.auth.Subject;

/**
 * Lets the container know who calls, so that enterprise beans and {@code SecurityContext} further down see the caller. Thread-safe.
 *
 * <p>Jakarta EE has no way to say so outside of an HTTP request. On Payara (and GlassFish) its own security context is set; on another
 * server only the roles of the handler itself are checked, see {@link RoleRule}.
 */
final class CallerIdentity {
    private static final System.Logger LOG = System.getLogger(CallerIdentity.class.getName());

    /** What is done as a caller. */
    @FunctionalInterface
    interface Invocation {
        Object run() throws Throwable;
    }

    /** What is used of com.sun.enterprise.security.SecurityContext and org.glassfish.security.common. */
    private record Payara(
            Constructor<?> context,
            Constructor<?> group,
            Constructor<?> principal,
            Method current,
            Method setCurrent) {}

    private final Optional<Payara> payara = find();

    /**
     * Does something for this caller on the calling thread.
     *
     * @throws Throwable what the invocation throws
     */
    Object as(Caller caller, Invocation invocation) throws Throwable {
        if (payara.isEmpty()) {
            return invocation.run();
        }
        Payara security = payara.get();
        Object before = security.current().invoke(null);
        security.setCurrent().invoke(null, context(caller, security));
        try {
            return invocation.run();
        } finally {
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

    private static Optional<Payara> find() {
        try {
            Class<?> context = Class.forName("com.sun.enterprise.security.SecurityContext");
            return Optional.of(new Payara(
                    context.getConstructor(String.class, Subject.class),
                    Class.forName("org.glassfish.security.common.Group").getConstructor(String.class),
                    Class.forName("org.glassfish.security.common.PrincipalImpl").getConstructor(String.class),
                    context.getMethod("getCurrent"),
                    context.getMethod("setCurrent", context)));
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "beans called by handlers will not see the caller: this server''s security is unknown ({0})",
                    e.toString());
            return Optional.empty();
        }
    }
}
