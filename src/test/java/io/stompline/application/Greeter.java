package io.stompline.application;

import io.stompline.api.StompPublisher;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** As little as it takes to push to a browser. */
@Singleton
public class Greeter {
    @Inject
    private StompPublisher publisher;

    /** Every second. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void greet() {
        publisher.publish("/topic/greetings", "Hello, browser!");
    }
}
