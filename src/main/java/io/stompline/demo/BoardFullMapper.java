package io.stompline.demo;

import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What somebody is told who wants one card more. */
@ApplicationScoped
public class BoardFullMapper implements StompExceptionMapper<BoardFullException> {
    @Override
    public StompProblem toReply(BoardFullException exception) {
        return new StompProblem("board full", List.of("The board is full: throw a card away first."));
    }
}
