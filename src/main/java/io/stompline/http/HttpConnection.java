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

    /** The wire of a client that polls. */
    Optional<PollWire> polls() {
        return polls;
    }

    /** Whether octets may be sent now; one request at a time. If so {@link #endSend} has to follow. */
    boolean beginSend() {
        return sending.compareAndSet(false, true);
    }

    void endSend() {
        sending.set(false);
    }

    /** Takes the octets of a request, between {@link #beginSend} and {@link #endSend}; may wait for room. */
    Answer send(long number, ByteBuffer octets) {
        return switch (order.place(number)) {
            case REPEATED -> Answer.done();
            case EARLY -> Answer.conflict("a request with a lower number is missing");
            case NEXT -> {
                if (!inbox.offer(octets, PATIENCE)) {
                    yield Answer.unavailable(
                            RETRY_AFTER_SECONDS, "frames come faster than they can be carried out; send this again");
                }
                order.take();
                yield Answer.done();
            }
        };
    }

    /** It is closed: nobody finds it any more. */
    void close() {
        forget.run();
    }
}
