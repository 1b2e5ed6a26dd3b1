package io.stompline.demo;

import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The answer to a user who adds a card to a full board. */
@ApplicationScoped
public class BoardFullMapper implements StompExceptionMapper<BoardFullException> {
    @Override
    public StompProblem toReply(BoardFullException exception) {
        return new StompProblem("board full", List.of("The board is full: remove a card first."));
    }
}
