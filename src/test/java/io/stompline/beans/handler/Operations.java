package io.stompline.beans.handler;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a class would offer as a bean. */
public final class Operations {
    private Operations() {}

    /** Sorted by name. */
    public static List<Operation> of(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(HandlerExtension::isHandler)
                .map(method -> Operation.of(HandlerMethod.of(bean(type), method)))
                .sorted(Comparator.comparing(Operation::name))
                .toList();
    }

    private static Bean<?> bean(Class<?> type) {
        return (Bean<?>) Proxy.newProxyInstance(
                Bean.class.getClassLoader(),
                new Class<?>[] {Bean.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTypes" -> Set.of(type);
                    case "getBeanClass" -> type;
                    default -> throw new AssertionError(method);
                });
    }
}
