package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.Snapshot;
import io.stompline.api.StompEvent;
import io.stompline.api.StompPublisher;
import io.stompline.api.Variable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The chat: what is said in a room goes to all in it, and who comes in gets what was said before. */
@ApplicationScoped
public class ChatRooms {
    static final String TOPIC = "/topic/chat/";
    private static final String NAMES = "[a-z0-9-]{1,20}";
    private static final int MOST_ROOMS = 100;

    /** What a browser says. */
    public record Saying(@NotBlank @Size(max = 500) String text) {}

    @Inject
    private StompPublisher publisher;

    private final Map<String, ChatRoom> rooms = new ConcurrentHashMap<>();

    /** To everybody in the room. */
    @OnSend("/app/chat/{room}/say")
    public void say(@Variable("room") @Pattern(regexp = NAMES) String room, @Valid Saying saying, Principal speaker) {
        room(room).say(speaker.getName(), saying.text());
    }

    /** The last lines and who is here; what is said from now on comes after it, nothing missing and nothing twice. */
    @OnSubscribe(TOPIC + "{room}")
    public Snapshot enter(@Variable("room") @Pattern(regexp = NAMES) String room) {
        return room(room).snapshot();
    }

    void entered(@Observes StompEvent.Subscribed event) {
        roomOf(event.subscription().destination())
                .ifPresent(room -> room.enter(event.sessionId(), event.client().user()));
    }

    void left(@Observes StompEvent.Unsubscribed event) {
        roomOf(event.subscription().destination()).ifPresent(room -> room.leave(event.sessionId()));
    }

    private Optional<ChatRoom> roomOf(String destination) {
        return destination.startsWith(TOPIC)
                ? Optional.ofNullable(rooms.get(destination.substring(TOPIC.length())))
                : Optional.empty();
    }

    private ChatRoom room(String name) {
        ChatRoom room = rooms.computeIfAbsent(name, fresh -> new ChatRoom(TOPIC + fresh, publisher));
        if (rooms.size() > MOST_ROOMS) {
            rooms.values().removeIf(other -> other != room && other.isEmpty());
        }
        return room;
    }
}
