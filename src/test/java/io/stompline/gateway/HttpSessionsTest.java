package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.session.port.HttpSessionChange;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpSessionsTest {
    private final List<String> ended = new ArrayList<>();
    private long millis = 1_000;
    private final HttpSessions connections = new HttpSessions(() -> millis);
    private final Container container = new Container();

    /** One HTTP session as a container has it. */
    private static final class Container {
        private String id = "first";
        private long created = 1_000;
        private boolean invalidated;

        HttpSession session() {
            return (HttpSession) Proxy.newProxyInstance(
                    Container.class.getClassLoader(),
                    new Class<?>[] {HttpSession.class},
                    (proxy, method, arguments) -> {
                        if (invalidated && method.getName().equals("getCreationTime")) {
                            throw new IllegalStateException("as intended");
                        }
                        return switch (method.getName()) {
                            case "getId" -> id;
                            case "getCreationTime" -> created;
                            default -> throw new UnsupportedOperationException(method.getName());
                        };
                    });
        }
    }

    private Runnable watch(String name) {
        return connections.watch(container.session(), millis, () -> ended.add(name));
    }

    private static String key(String id) {
        return HttpSessions.key(id);
    }

    @Test
    void key_ofAnId_isNoId() {
        assertThat(key("first")).hasSize(32).doesNotContain("first").isNotEqualTo(key("second"));
    }

    @Test
    void logOut_ofASession_endsItsConnectionsAndThoseThatAreBeingOpened() {
        watch("a");
        connections.logOut(key("first"));
        watch("b");
        millis++;
        watch("c");
        assertThat(ended).containsExactly("a", "b");
    }

    @Test
    void end_ofASession_endsItsConnectionsOnce() {
        watch("a");
        watch("b");
        container.id = "other";
        watch("c");
        connections.end(key("first"));
        connections.end(key("first"));
        assertThat(ended).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void end_closedConnection_isForgotten() {
        watch("a").run();
        connections.end(key("first"));
        assertThat(ended).isEmpty();
    }

    @Test
    void end_connectionThatOpensLater_isEndedToo() {
        connections.end(key("first"));
        watch("a");
        assertThat(ended).containsExactly("a");
        container.id = "second";
        container.invalidated = true;
        watch("b");
        assertThat(ended).containsExactly("a", "b");
    }

    @Test
    void end_idThatComesAgain_isAnotherSession() {
        connections.end(key("first"));
        container.created = 1_001;
        watch("a");
        assertThat(ended).isEmpty();
    }

    @Test
    void changedElsewhere_perhapsEnded_endsThoseThatAreBeingOpenedToo() {
        watch("a");
        connections.changedElsewhere(new HttpSessionChange.Ended(key("first"), true, true));
        assertThat(ended).containsExactly("a");
        Runnable closed = watch("b");
        assertThat(ended).containsExactly("a", "b");
        closed.run();
        millis++;
        watch("c");
        assertThat(ended).as("the container decides on later ones").containsExactly("a", "b");
        connections.changedElsewhere(new HttpSessionChange.Ended(key("first"), false, true));
        assertThat(ended).containsExactly("a", "b", "c");
        watch("d");
        assertThat(ended).containsExactly("a", "b", "c", "d");
    }

    @Test
    void changedElsewhere_renamed_keepsItsConnections() {
        watch("a");
        connections.changedElsewhere(new HttpSessionChange.Renamed(key("first"), key("second"), true));
        connections.end(key("second"));
        assertThat(ended).containsExactly("a");
    }

    @Test
    void rename_afterALogout_endsWhoWasKnownBeforeIt() {
        connections.logOut(key("first"));
        millis++;
        connections.rename(key("first"), key("second"));
        container.id = "second";
        watch("b");
        assertThat(ended).as("of the login after it").isEmpty();
        millis--;
        watch("a");
        assertThat(ended).containsExactly("a");
    }

    @Test
    void rename_toldLate_endsWhoWasKnownBeforeTheLogout() {
        container.id = "second";
        watch("a");
        millis++;
        watch("b");
        millis--;
        connections.logOut(key("first"));
        assertThat(ended).isEmpty();
        connections.rename(key("first"), key("second"));
        assertThat(ended).containsExactly("a");
    }

    @Test
    void rename_ofASession_keepsItsConnections() {
        watch("a");
        connections.rename(key("first"), key("second"));
        container.id = "second";
        watch("b");
        connections.end(key("second"));
        assertThat(ended).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void rename_toOneThatIsKnown_putsThemTogether() {
        watch("a");
        container.id = "second";
        watch("b");
        connections.rename(key("first"), key("second"));
        connections.end(key("second"));
        assertThat(ended).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void rename_byAnotherNode_connectionIsForgottenAllTheSame() {
        Runnable forget = watch("a");
        connections.rename(key("first"), key("second"));
        forget.run();
        connections.end(key("second"));
        assertThat(ended).isEmpty();
    }
}
