package io.stompline.beans.unheard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompCaller;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompRenewalCheck;
import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import jakarta.decorator.Decorator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stompline would ask if it were a bean is named, with what to do. */
class UnaskedClassesTest {
    static class Mapper implements StompExceptionMapper<IllegalStateException> {
        @Override
        public Object toReply(IllegalStateException exception) {
            return "no";
        }
    }

    static class Members implements StompAccessCheck {
        @Override
        public boolean permits(StompCaller who, Map<String, String> variables) {
            return false;
        }
    }

    @ApplicationScoped
    static class Heir extends Members {}

    static class Renewal implements StompRenewalCheck {
        @Override
        public boolean permits(StompCaller before, StompCaller after) {
            return false;
        }
    }

    static class Control implements AccessControl {
        @Override
        public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
            return Optional.empty();
        }
    }

    @ApplicationScoped
    static class Unmakeable extends Members {
        Unmakeable(String name) {
            assertThat(name).isNotNull();
        }
    }

    @SuppressWarnings("ClassCanBeStatic") // it is the case
    class Inner extends Members {}

    interface Wide extends StompAccessCheck {}

    abstract static class Base extends Members {}

    @Vetoed
    static class Meant extends Members {}

    @Alternative
    static class NotHere extends Members {}

    @Decorator
    static class Around extends Members {}

    @Test
    void unasked_mapperWithoutAnnotation_isNamedWithWhatToDo() {
        assertThat(unasked(Mapper.class))
                .containsExactly(
                        "nobody asks " + Mapper.class.getName() + ", which implements StompExceptionMapper: it is"
                                + " no bean without an annotation such as @ApplicationScoped or @Stateless");
    }

    @ParameterizedTest
    @ValueSource(classes = {Members.class, Renewal.class, Control.class})
    void unasked_checkWithoutAnnotation_isNamed(Class<?> type) {
        assertThat(unasked(type)).singleElement().asString().startsWith("nobody asks " + type.getName());
    }

    @Test
    void unasked_classThatCdiCannotMake_isToldWhy() {
        assertThat(unasked(Unmakeable.class))
                .singleElement()
                .asString()
                .endsWith("a constructor that has no parameters, or one with @Inject");
        assertThat(unasked(Inner.class)).singleElement().asString().contains("an inner class is no bean");
    }

    @ParameterizedTest
    @ValueSource(classes = {Wide.class, Base.class})
    void unasked_whatOthersImplement_isNot(Class<?> type) {
        assertThat(unasked(type)).isEmpty();
    }

    @Test
    void unasked_classWithinAMethod_isNot() {
        StompAccessCheck anonymous = new Members() {};
        assertThat(unasked(anonymous.getClass())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {Meant.class, NotHere.class, Around.class})
    void unasked_classThatIsMeantToBeNoBean_isNot(Class<?> type) {
        assertThat(unasked(type)).isEmpty();
    }

    @Test
    void unasked_beanAndWhatItExtends_areNot() {
        assertThat(unasked(Heir.class, Heir.class)).isEmpty();
        assertThat(unasked(Members.class, Heir.class)).isEmpty();
    }

    @Test
    void unasked_classThatAProducerMayMake_isNot() {
        UnaskedClasses produced = new UnaskedClasses(Set.of(), Set.of(Object.class, StompAccessCheck.class));
        assertThat(produced.sentences(List.of(Members.class))).isEmpty();
        assertThat(produced.sentences(List.of(Mapper.class))).hasSize(1);
    }

    private static List<String> unasked(Class<?> found, Class<?>... beans) {
        return new UnaskedClasses(Set.of(beans), Set.of(Object.class)).sentences(List.of(found));
    }
}
