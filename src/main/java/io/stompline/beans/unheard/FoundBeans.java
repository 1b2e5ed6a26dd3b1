package io.stompline.beans.unheard;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

/** Remembers what CDI took for beans when the application is deployed. Thread-safe after that. */
public class FoundBeans implements Extension {
    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<Class<?>> produced = new HashSet<>();

    /** For every CDI bean, enterprise bean, interceptor and decorator, and for what producers and extensions make. */
    void note(@Observes ProcessBean<?> event) {
        if (event instanceof ProcessProducerMethod
                || event instanceof ProcessProducerField
                || event instanceof ProcessSyntheticBean) {
            event.getBean().getTypes().forEach(this::noteProduced);
        } else {
            classes.add(event.getBean().getBeanClass());
        }
    }

    private void noteProduced(Type type) {
        if (type instanceof Class<?> plain) {
            produced.add(plain);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            produced.add(raw);
        }
    }

    /** The classes of all beans. */
    Set<Class<?>> classes() {
        return Set.copyOf(classes);
    }

    /** The types of what producers and extensions make. */
    Set<Class<?>> produced() {
        return Set.copyOf(produced);
    }
}
