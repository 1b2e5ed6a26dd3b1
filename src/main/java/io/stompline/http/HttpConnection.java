package io.stompline.http;

import io.stompline.gateway.Inbox;
import io.stompline.session.StompSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One session over plain HTTP, as its requests find it. Thread-safe. */
final class HttpConnection {
    /** How long a request waits for room; then its client sends it again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int RETRY_AFTER_SECONDS = 1;

    private final Secret secret;
    private final Optional<String> user;
    private final Inbox inbox;
    private final Optional<PollWire> polls;
    private final Runnable forget;
    private final AtomicBoolean sending = new AtomicBoolean();

    /** Used by whoever has {@link #sending}. */
    private final UpOrder order = new UpOrder();

    /**
     * A session that was opened.
     *
     * @param user whom the container knew at the opening
     * @param polls its wire, if the client polls
     * @param forget run when it is closed
     */
    HttpConnection(Secret secret, Optional<String> user, Inbox inbox, Optional<PollWire> polls, Runnable forget) {
        this.secret = secret;
        this.user = user;
        this.inbox = inbox;
        this.polls = polls;
        this.forget = forget;
    }

    /** Why a request may not be of the client that opened it; empty if it may. */
    Optional<String> refusal(Optional<String> shownSecret, Optional<String> userOfRequest) {
        if (!secret.is(shownSecret)) {
            return Optional.of("the header " + Secret.HEADER + " does not have the secret of this session");
        }
        return user.isPresent() && !user.equals(userOfRequest)
                ? Optional.of("another user opened this session")
                : Optional.empty();
    }

    StompSession session() {
        return inbox.session();
    }

    /** Why octets may not be sent now; empty if they may, and then {@link #endSend} has to follow. */
    Optional<Answer> beginSend() {
        return sending.compareAndSet(false, true)
                ? Optional.empty()
                : Optional.of(Answer.conflict("another request with octets of this session is under way"));
    }

    void endSend() {
        sending.set(false);
    }

    /** Takes the octets of a request, between {@link #beginSend} and {@link #endSend}; may wait for room. */
    Answer send(long number, ByteBuffer octets) {
        return send(number, octets, PATIENCE);
    }

    /** Takes the octets of a whole request, if there is room for them now. */
    Answer sendNow(long number, ByteBuffer octets) {
        Optional<Answer> refusal = beginSend();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return send(number, octets, Duration.ZERO);
        } finally {
            endSend();
        }
    }

    private Answer send(long number, ByteBuffer octets, Duration patience) {
        return switch (order.place(number)) {
            case REPEATED -> Answer.done();
            case EARLY -> Answer.conflict("a request with a lower number is missing");
            case NEXT -> {
                if (!inbox.offer(octets, patience)) {
                    yield Answer.unavailable(
                            RETRY_AFTER_SECONDS, "frames come faster than they can be carried out; send this again");
                }
                order.take();
                yield Answer.done();
            }
        };
    }

    /**
     * Takes the next poll.
     *
     * @param acknowledged number of the last batch that the client has, 0 for none
     * @return the answer to a poll that cannot be one; empty if its own answer comes
     */
    Optional<Answer> poll(long acknowledged, PollWire.Poll poll) {
        if (polls.isEmpty()) {
            return Optional.of(Answer.conflict("this session has a stream, and no polls"));
        }
        session().heard();
        return switch (polls.get().poll(acknowledged, poll)) {
            case BUSY -> Optional.of(Answer.conflict("another poll of this session waits"));
            case UNKNOWN_BATCH -> Optional.of(Answer.conflict("there is no such batch"));
            case TAKEN -> Optional.empty();
        };
    }

    /** The client has broken off a poll: it waits no more. */
    void broken(PollWire.Poll poll) {
        polls.ifPresent(wire -> wire.broken(poll));
    }

    /** It is closed: nobody finds it any more. */
    void close() {
        forget.run();
    }
}
