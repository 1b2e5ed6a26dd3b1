package io.stompline.application;

import io.stompline.api.OnSend;
import jakarta.enterprise.context.ApplicationScoped;

/** A mistake: CDI cannot make one, and passes over it. */
@ApplicationScoped
public class OwnConstructor {
    private final String answer;

    /** Only for whoever has an answer. */
    public OwnConstructor(String answer) {
        this.answer = answer;
    }

    /** Answers. */
    @OnSend("/app/own-constructor")
    public String answer() {
        return answer;
    }
}
