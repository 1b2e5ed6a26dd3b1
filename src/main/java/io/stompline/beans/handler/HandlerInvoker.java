package io.stompline.beans.handler;

import io.stompline.beans.publishing.Json;
import io.stompline.beans.publishing.JtaTransaction;
import io.stompline.beans.publishing.PayloadFault;
import io.stompline.beans.publishing.UnknownProperties;
import io.stompline.beans.sessions.ClientViews;
import io.stompline.session.port.ApplicationLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * Calls handler methods as the container would: on the bean's own reference, in a request context, as the caller, with
 * arguments that were checked. Thread-safe.
 */
@ApplicationScoped
public class HandlerInvoker {
    @Inject
    private BeanManager beans;

    @Inject
    private Instance<RequestContextController> requests;

    @Inject
    private Instance<Validator> validators;

    @Inject
    private Json json;

    @Inject
    private ClientViews clients;

    @Inject
    private JtaTransaction transaction;

    @Inject
    private ApplicationLimits limits;

    private final CallerIdentity identity = new CallerIdentity();

    /** On the thread of an HTTP request to the application. */
    void notePolicy() {
        identity.notePolicy();
    }

    /**
     * Calls a handler, and waits for the result that it promises.
     *
     * @return the returned value, without the {@code CompletionStage} or {@code Optional} around it; may be null
     * @throws NotAllowedException if the caller has none of its roles
     * @throws UnmetConstraints if an argument breaks a constraint
     * @throws PayloadFault if an argument cannot be made of the request
     * @throws HandlerTimeout if the promised result does not come in time
     * @throws Throwable as thrown by the handler
     */
    Object invoke(HandlerMethod handler, HandlerCall call) throws Throwable {
        if (!handler.roles().admits(call.request().session().caller())) {
            throw new NotAllowedException();
        }
        UnknownProperties unknown = new UnknownProperties();
        Argument.Sources sources = new Argument.Sources(json, clients, unknown);
        Object[] arguments = handler.arguments().stream()
                .map(argument -> argument.of(call, sources))
                .toArray();
        Object returned = inRequest(
                () -> identity.as(call.request().session().caller(), () -> invoke(handler, arguments, unknown)));
        return Result.value(returned, limits.answerTimeout());
    }

    private Object inRequest(CallerIdentity.Invocation invocation) throws Throwable {
        // One for each call: with one for all, Weld leaves the contexts of calls that overlap to whatever the thread
        // does next.
        try (Instance.Handle<RequestContextController> request = requests.getHandle()) {
            boolean activated = request.get().activate();
            try {
                return invocation.run();
            } finally {
                if (activated) {
                    request.get().deactivate();
                }
            }
        }
    }

    private Object invoke(HandlerMethod handler, Object[] arguments, UnknownProperties unknown) throws Throwable {
        Bean<?> bean = handler.bean();
        Method method = handler.method();
        CreationalContext<?> context = beans.createCreationalContext(bean);
        try {
            Object target = beans.getReference(bean, bean.getBeanClass(), context);
            validate(target, method, arguments, unknown);
            method.setAccessible(true);
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            // The next call on this thread is not part of it.
            transaction.rollBackRest(method);
            if (bean.getScope() == Dependent.class) {
                context.release();
            }
        }
    }

    private void validate(Object target, Method method, Object[] arguments, UnknownProperties unknown) {
        if (!validators.isResolvable()) {
            return;
        }
        Set<ConstraintViolation<Object>> violations =
                validators.get().forExecutables().validateParameters(target, method, arguments);
        if (!violations.isEmpty()) {
            throw new UnmetConstraints(violations, unknown.sentences());
        }
    }
}
