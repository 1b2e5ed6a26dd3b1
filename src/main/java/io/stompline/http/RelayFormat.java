package io.stompline.http;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.Message;
import java.util.Map;
import java.util.Optional;

/** What nodes send each other of a request, and of the answer to it. The body travels as it is. */
final class RelayFormat {
    private static final String ID = "id";
    private static final String ASKER = "asker";
    private static final String SESSION = "session-name";
    private static final String DEED = "deed";
    private static final String NUMBER = "number";
    private static final String SECRET = "secret";
    private static final String USER = "user";
    private static final String STATUS = "status";
    private static final String RETRY_AFTER = "retry-after";
    private static final String ANSWER_TYPE = "answer-type";

    private RelayFormat() {}

    /**
     * The headers of a request.
     *
     * @param id by which its answer is known
     * @param asker the node that wants the answer
     */
    static Headers request(String id, String asker, RelayedRequest request) {
        return new Headers.Builder()
                .add(ID, id)
                .add(ASKER, asker)
                .add(SESSION, request.session())
                .add(DEED, request.deed().name())
                .add(NUMBER, Long.toString(request.number()))
                .add(SECRET, request.secret())
                .add(USER, request.user())
                .add("content-type", "application/octet-stream")
                .build();
    }

    /** The headers of an answer to the request with that id. */
    static Headers answer(String id, Answer answer) {
        return new Headers.Builder()
                .add(ID, id)
                .add(STATUS, Integer.toString(answer.status()))
                .add(RETRY_AFTER, Optional.ofNullable(answer.headers().get(Answer.RETRY_AFTER)))
                .add(ANSWER_TYPE, answer.type())
                .build();
    }

    /** Whether a message is an answer; otherwise it is a request. */
    static boolean isAnswer(Message message) {
        return message.headers().has(STATUS);
    }

    static String id(Message message) {
        return required(message, ID);
    }

    static String asker(Message message) {
        return required(message, ASKER);
    }

    /** @throws IllegalArgumentException if it is none */
    static RelayedRequest request(Message message) {
        return new RelayedRequest(
                required(message, SESSION),
                SessionPath.Deed.valueOf(required(message, DEED)),
                Long.parseLong(required(message, NUMBER)),
                message.headers().first(SECRET),
                message.headers().first(USER),
                message.body());
    }

    /** @throws IllegalArgumentException if it is none */
    static Answer answer(Message message) {
        return new Answer(
                Integer.parseInt(required(message, STATUS)),
                message.headers()
                        .first(RETRY_AFTER)
                        .map(seconds -> Map.of(Answer.RETRY_AFTER, seconds))
                        .orElse(Map.of()),
                required(message, ANSWER_TYPE),
                message.body().text().orElse(""));
    }

    static Body body(Answer answer) {
        return Body.utf8(answer.text());
    }

    private static String required(Message message, String name) {
        return message.headers().first(name).orElseThrow(() -> new IllegalArgumentException("no header " + name));
    }
}
