package io.stompline.demo;

import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The answer to whoever wanted to restart the message broker. */
@ApplicationScoped
public class NotRestartedMapper implements StompExceptionMapper<NotRestartedException> {
    @Override
    public StompProblem toReply(NotRestartedException exception) {
        return new StompProblem("not restarted", List.of(exception.getMessage()));
    }
}
