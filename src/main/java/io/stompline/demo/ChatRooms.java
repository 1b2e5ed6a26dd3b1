package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompClient;
import io.stompline.api.StompPresence;
import io.stompline.api.StompPublisher;
import io.stompline.api.Variable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chat: a line reaches everybody in its room, and a user who enters gets the last lines. Who is there is told by
 * presence ({@code stompline.presence}), that somebody is typing on a local topic.
 */
@ApplicationScoped
public class ChatRooms {
    private static final String TOPIC = "/topic/chat/";
    private static final String TYPING = "/topic/local/chat/";
    private static final String NAMES = "[a-z0-9-]{1,20}";
    private static final int MOST_ROOMS = 100;

    /** The payload of a browser's SEND. */
    public record Saying(@NotBlank @Size(max = 500) String text) {}

    /** The payload that tells of a user who is typing. */
    public record Typing(String by) {}

    @Inject
    private StompPublisher publisher;

    @Inject
    private StompPresence presence;

    private final Map<String, ChatRoom> rooms = new ConcurrentHashMap<>();

    /** Publishes a line to everybody in the room. */
    @OnSend("/app/chat/{room}/say")
    public void say(@Variable("room") @Pattern(regexp = NAMES) String room, @Valid Saying saying, Principal speaker) {
        room(room).say(speaker.getName(), saying.text());
    }

    /** Tells the others in the room. */
    @OnSend("/app/chat/{room}/typing")
    public void type(@Variable("room") @Pattern(regexp = NAMES) String room, StompClient by) {
        publisher.publish(TYPING + room, new Typing(by.user()), PublishOptions.except(by.sessionId()));
    }

    /** The last lines; every later one comes after them, once. */
    @OnSubscribe(TOPIC + "{room}")
    public Snapshot enter(@Variable("room") @Pattern(regexp = NAMES) String room) {
        return room(room).snapshot();
    }

    private ChatRoom room(String name) {
        ChatRoom room = rooms.computeIfAbsent(name, fresh -> new ChatRoom(TOPIC + fresh, publisher));
        if (rooms.size() > MOST_ROOMS) {
            rooms.keySet()
                    .removeIf(other ->
                            !other.equals(name) && presence.of(TOPIC + other).isEmpty());
        }
        return room;
    }
}
