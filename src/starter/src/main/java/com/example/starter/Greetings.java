package com.example.starter;

import io.stompline.api.OnSend;
import io.stompline.api.StompPublisher;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Publishes to all pages and to one user, and handles what pages send. */
@Singleton
public class Greetings {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Inject
    private StompPublisher publisher;

    /** Every five seconds, to whoever has subscribed. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void tick() {
        publisher.publish("/topic/greetings", "The server says hello at " + TIME.format(LocalTime.now()));
    }

    /** What a page sends to /app/greet: passed on to all, and a word of thanks to all pages of the sender. */
    @OnSend("/app/greet")
    public void greet(String text, Principal sender) {
        publisher.publish("/topic/greetings", sender.getName() + " says " + text);
        publisher.publishToUser(sender.getName(), "/user/queue/thanks", "Thank you, " + sender.getName());
    }
}
