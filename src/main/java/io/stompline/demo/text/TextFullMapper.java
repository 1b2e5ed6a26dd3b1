package io.stompline.demo.text;

import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The answer to a browser whose change does not fit any more. */
@ApplicationScoped
public class TextFullMapper implements StompExceptionMapper<TextFullException> {
    @Override
    public StompProblem toReply(TextFullException exception) {
        return new StompProblem(
                "text full",
                List.of("The text is full: the server keeps 256 KiB of updates, and what was erased is among them. What"
                        + " you wrote is in this tab alone: copy it into another text."));
    }
}
