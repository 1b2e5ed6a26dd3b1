package io.stompline.application;

import io.stompline.api.OnSend;

/** A mistake: without an annotation such as {@code @ApplicationScoped} nobody sees its method. */
public class NoBean {
    @OnSend("/app/no-bean")
    public String answer() {
        return "never";
    }
}
