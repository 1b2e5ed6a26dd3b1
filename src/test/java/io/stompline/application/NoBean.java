package io.stompline.application;

import io.stompline.api.OnSend;
import io.stompline.api.SendTo;
import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompCaller;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompRenewalCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;

/** A mistake: without an annotation such as {@code @ApplicationScoped} nobody sees its method, nor two of its classes. */
public class NoBean {
    @OnSend("/app/no-bean")
    public String answer() {
        return "never";
    }

    /** Another mistake: nothing calls it. */
    @SendTo("/topic/no-handler")
    public String tell() {
        return "never";
    }

    /** Never asked. */
    public static class Mapper implements StompExceptionMapper<IllegalStateException> {
        @Override
        public Object toReply(IllegalStateException exception) {
            return "never";
        }
    }

    /** Asked all the same: a bean makes one. */
    public static class Renewal implements StompRenewalCheck {
        @Override
        public boolean permits(StompCaller before, StompCaller after) {
            return true;
        }
    }

    /** The bean that makes it. */
    @ApplicationScoped
    public static class Maker {
        @Produces
        StompRenewalCheck renewal() {
            return new Renewal();
        }
    }

    /** Never asked. */
    public static class Members implements StompAccessCheck {
        @Override
        public boolean permits(StompCaller who, Map<String, String> variables) {
            return false;
        }
    }
}
