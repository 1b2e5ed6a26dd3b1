package io.stompline.beans.unheard;

import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompRenewalCheck;
import io.stompline.security.AccessControl;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which classes implement what Stompline asks beans for, and are no beans.
 *
 * @param beans the classes of all beans
 * @param produced types of what producers make; of which class that is, is not known
 */
record UnaskedClasses(Set<Class<?>> beans, Set<Class<?>> produced) {
    private static final List<Class<?>> ASKED =
            List.of(StompExceptionMapper.class, StompAccessCheck.class, StompRenewalCheck.class, AccessControl.class);

    /**
     * One sentence for each such class.
     *
     * @param found classes and interfaces, as the container found them
     */
    List<String> sentences(Collection<Class<?>> found) {
        return found.stream()
                .filter(type -> !NoBean.isMeant(type) && beans.stream().noneMatch(type::isAssignableFrom))
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> sentence(type).stream())
                .toList();
    }

    private Optional<String> sentence(Class<?> type) {
        return ASKED.stream()
                .filter(asked -> asked.isAssignableFrom(type) && !produced.contains(asked))
                .findFirst()
                .flatMap(asked -> reason(type)
                        .map(reason -> "nobody asks " + type.getName() + ", which implements " + asked.getSimpleName()
                                + ": " + reason));
    }

    /** None if the class is for its subclasses, or for the method that it is in. */
    private static Optional<String> reason(Class<?> type) {
        try {
            return Modifier.isAbstract(type.getModifiers()) || type.isAnonymousClass() || type.isLocalClass()
                    ? Optional.empty()
                    : Optional.of(NoBean.reason(type));
        } catch (LinkageError e) {
            return Optional.of("the class cannot be read: " + e);
        }
    }
}
