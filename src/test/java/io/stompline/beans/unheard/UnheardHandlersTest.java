package io.stompline.beans.unheard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.beans.handler.HandlerExtension;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Model;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handler methods that nobody calls are named, with what to do. */
class UnheardHandlersTest {
    static class Plain {
        @OnSend("/app/one")
        void one() {}

        @OnSubscribe("/app/other")
        void other() {}

        void nothing() {}
    }

    @Singleton
    static class InjectSingleton extends Plain {
        @OnSend("/app/single")
        void single() {}
    }

    @ApplicationScoped
    static class OwnConstructor {
        OwnConstructor(String name) {
            assertThat(name).isNotNull();
        }

        @OnSend("/app/x")
        void handle() {}
    }

    @RequestScoped
    static class Injected {
        @Inject
        Injected(String name) {
            assertThat(name).isNotNull();
        }

        @OnSend("/app/x")
        void handle() {}
    }

    @Model
    static class Stereotyped {
        @OnSend("/app/x")
        void handle() {}
    }

    abstract static class Base {
        @OnSend("/app/base")
        void handle() {}
    }

    @ApplicationScoped
    static class Heir extends Base {
        @Override
        void handle() {}
    }

    interface Contract {
        @OnSend("/app/contract")
        void handle();
    }

    @ApplicationScoped
    static class Kept implements Contract {
        @Override
        public void handle() {}
    }

    @ApplicationScoped
    static class Repeated implements Contract {
        @Override
        @OnSend("/app/contract")
        public void handle() {}
    }

    interface Taking<T> {
        @OnSend("/app/taken")
        void take(T value);
    }

    @ApplicationScoped
    static class TakingText implements Taking<String> {
        @Override
        @OnSend("/app/taken")
        public void take(String value) {}
    }

    @MessageDriven
    static class Mdb {
        @OnSend("/app/x")
        void handle() {}
    }

    @SuppressWarnings("ClassCanBeStatic") // it is the case
    class Inner {
        @OnSend("/app/x")
        void handle() {}
    }

    @Vetoed
    static class Left {
        @OnSend("/app/x")
        void handle() {}
    }

    @Alternative
    @ApplicationScoped
    static class NotHere {
        @OnSend("/app/x")
        void handle() {}
    }

    @Test
    void unheard_classWithoutAnnotation_isNamedWithItsMethods() {
        assertThat(unheard(Plain.class))
                .containsExactly("nobody calls one() and other() of " + Plain.class.getName()
                        + ": it is no bean without an annotation such as @ApplicationScoped or @Stateless");
    }

    @Test
    void unheard_singletonOfInject_isToldOfTheOther() {
        assertThat(unheard(InjectSingleton.class))
                .singleElement()
                .asString()
                .contains(
                        "single() of",
                        "@jakarta.inject.Singleton alone does not make one, @jakarta.ejb.Singleton does");
    }

    @Test
    void unheard_classWithoutUsableConstructor_isToldSo() {
        assertThat(unheard(OwnConstructor.class))
                .singleElement()
                .asString()
                .endsWith(": CDI makes no bean without a constructor that has no parameters, or one with @Inject");
    }

    @ParameterizedTest
    @ValueSource(classes = {Injected.class, Stereotyped.class})
    void unheard_classThatCouldBeABean_isForTheArchive(Class<?> type) {
        assertThat(unheard(type)).singleElement().asString().contains("bean-discovery-mode");
    }

    @Test
    void unheard_abstractClassInnerClassAndMessageDrivenBean_areToldWhy() {
        assertThat(unheard(Base.class)).singleElement().asString().contains("is abstract, and no bean extends it");
        assertThat(unheard(Inner.class)).singleElement().asString().contains("an inner class is no bean");
        assertThat(unheard(Mdb.class)).singleElement().asString().contains("a message-driven bean");
    }

    @Test
    void unheard_interface_isToldUnlessTheBeanRepeatsIt() {
        assertThat(unheard(Contract.class, Kept.class))
                .singleElement()
                .asString()
                .contains("annotations of an interface are not inherited");
        assertThat(unheard(Contract.class, Kept.class, Repeated.class)).isEmpty();
        assertThat(unheard(Taking.class, TakingText.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {Left.class, NotHere.class})
    void unheard_classThatIsMeantToBeNoBean_isNot(Class<?> type) {
        assertThat(unheard(type)).isEmpty();
    }

    @Test
    void unheard_beanAndWhatItExtends_areNot() {
        assertThat(unheard(Base.class, Heir.class)).isEmpty();
        assertThat(unheard(Injected.class, Injected.class)).isEmpty();
    }

    private static List<String> unheard(Class<?> annotated, Class<?>... beans) {
        Set<Method> heard = new HashSet<>();
        for (Class<?> bean : beans) {
            Arrays.stream(bean.getDeclaredMethods())
                    .filter(HandlerExtension::isHandler)
                    .forEach(heard::add);
        }
        return new UnheardHandlers(Set.of(beans), heard).sentences(List.of(annotated));
    }
}
