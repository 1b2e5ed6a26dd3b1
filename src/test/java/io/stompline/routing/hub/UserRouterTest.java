package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Deflation;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserRouterTest {
    private static final Destination NEWS = new Destination(Destination.Kind.USER, "queue/news");
    private static final Destination MAIL = new Destination(Destination.Kind.USER, "queue/mail");

    private final InMemoryBus bus = new InMemoryBus();
    private final UserRouter users = new UserRouter(new Router(bus, Recorder.NONE), Recorder.NONE);
    private final List<String> received = new ArrayList<>();

    @Test
    void user_subscribedSessions_allGetTheMessage() {
        subscribe("ann", "a1", NEWS);
        subscribe("ann", "a2", NEWS);
        subscribe("ann", "a3", MAIL);
        subscribe("bob", "b1", NEWS);
        publish(Audience.ofUser("ann", NEWS));
        assertThat(received).containsExactlyInAnyOrder("a1 /user/queue/news", "a2 /user/queue/news");
    }

    @Test
    void session_addressed_aloneGetsTheMessage() {
        subscribe("ann", "a1", NEWS);
        subscribe("ann", "a2", NEWS);
        publish(Audience.ofSession("a2", NEWS));
        publish(Audience.ofSession("a2", MAIL));
        assertThat(received).containsExactly("a2 /user/queue/news");
    }

    @Test
    void session_excepted_getsNothing() {
        subscribe("ann", "a1", NEWS);
        subscribe("ann", "a2", NEWS);
        publish(Audience.ofUser("ann", NEWS).except("a1"));
        assertThat(received).containsExactly("a2 /user/queue/news");
    }

    @Test
    void audience_everybody_reachesNoUserDestination() {
        subscribe("ann", "a1", NEWS);
        publish(Audience.EVERYBODY);
        assertThat(received).isEmpty();
    }

    @Test
    void unsubscribe_user_getsNothingMore() {
        Router.Registration registration = subscribe("ann", "a1", NEWS);
        registration.close();
        registration.close();
        publish(Audience.ofUser("ann", NEWS));
        publish(Audience.ofSession("a1", NEWS));
        assertThat(received).isEmpty();
    }

    @Test
    void carrier_failedOpen_isTriedAgain() {
        bus.failNext(InMemoryBus.Call.OPEN_TOPIC, new BusException(BusException.Reason.UNAVAILABLE, "as intended"));
        assertThatThrownBy(() -> subscribe("ann", "a1", NEWS)).isInstanceOf(BusException.class);
        subscribe("ann", "a1", NEWS);
        publish(Audience.ofUser("ann", NEWS));
        assertThat(received).hasSize(1);
    }

    @Test
    void carrier_manyUsers_isOpenedOnce() {
        subscribe("ann", "a1", NEWS);
        subscribe("bob", "b1", MAIL);
        assertThat(bus.log()).containsExactly("open /topic/stompline/users");
    }

    private Router.Registration subscribe(String user, String session, Destination destination) {
        return users.subscribe(user, session, destination, broadcast -> {
            String frame =
                    broadcast.frame(Version.V1_2, new byte[0], Deflation.NONE).toString();
            received.add(session + " " + frame.replaceAll("(?s).*destination:([^\n]*).*", "$1"));
        });
    }

    private void publish(Audience audience) {
        bus.publish(Message.to(Audience.CARRIER, audience, Headers.none(), Body.utf8("x")));
    }
}
