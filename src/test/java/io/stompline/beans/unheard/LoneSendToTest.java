package io.stompline.beans.unheard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.api.OnSend;
import io.stompline.api.SendTo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A method with {@code @SendTo} alone is named, with what to do. */
class LoneSendToTest {
    @ApplicationScoped
    static class Rooms {
        @SendTo("/topic/rooms/{room}")
        String say() {
            return "hello";
        }

        @OnSend("/app/heard")
        @SendTo("/topic/heard")
        String heard() {
            return "hello";
        }
    }

    @ApplicationScoped
    static class Overriding extends Rooms {
        @Override
        @SendTo("/topic/heard")
        String heard() {
            return "hello again";
        }
    }

    interface Speaking {
        @SendTo("/topic/spoken")
        String speak();
    }

    @Vetoed
    static class Meant {
        @SendTo("/topic/x")
        String say() {
            return "hello";
        }
    }

    @Test
    void sendTo_withoutOnSend_isNamedWithWhatToDo() {
        assertThat(LoneSendTo.sentences(List.of(Rooms.class)))
                .containsExactly("say() of " + Rooms.class.getName()
                        + " has @SendTo without @OnSend, so that nothing goes to /topic/rooms/{room}: add @OnSend with the"
                        + " destination to which browsers send, or publish with a StompPublisher");
    }

    @Test
    void sendTo_methodThatOverridesAHandler_isNamed() {
        assertThat(LoneSendTo.sentences(List.of(Overriding.class)))
                .singleElement()
                .asString()
                .startsWith("heard() of " + Overriding.class.getName());
    }

    @Test
    void sendTo_ofAnInterface_isNamed() {
        assertThat(LoneSendTo.sentences(List.of(Speaking.class)))
                .singleElement()
                .asString()
                .startsWith("speak() of");
    }

    @Test
    void sendTo_vetoedClass_isNotNamed() {
        assertThat(LoneSendTo.sentences(List.of(Meant.class))).isEmpty();
    }
}
