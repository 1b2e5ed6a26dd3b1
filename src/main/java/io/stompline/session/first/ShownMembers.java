package io.stompline.session.first;

import io.stompline.config.Setting;
import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.presence.InfoJson;
import io.stompline.presence.Presence;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.opening.Opening;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Rights;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Who is in a topic, for those who subscribe to {@code /presence/…}, and what clients tell of their users. Thread-safe.
 */
public record ShownMembers(Presence presence) implements FirstMessageSource {
    private record Asked(Presence presence, Destination topic) implements Offer {
        @Override
        public boolean hasMessages() {
            return true;
        }

        @Override
        public Content take(Predicate<Message> wanted) {
            return new Here(presence.state(topic));
        }
    }

    private record Here(Presence.State state) implements Content {
        @Override
        public Optional<Opening> opening() {
            return Optional.of(new FirstMessage(state.message(), OptionalLong.of(state.version())));
        }

        @Override
        public Headers receipt(boolean shown) {
            return Headers.none();
        }
    }

    @Override
    public Optional<Offer> offer(ClientFrame subscribe, Rights rights, String user) {
        Destination destination = subscribe.destination();
        if (destination.kind() != Destination.Kind.PRESENCE) {
            return Optional.empty();
        }
        if (destination.isPattern()) {
            throw new StompException(
                    StompError.INVALID_DESTINATION, "who is there is told of one topic; this has no wildcards");
        }
        if (!presence.covers(destination.watched())) {
            throw new StompException(
                    StompError.INVALID_DESTINATION,
                    "it is not known who is in " + destination.watched() + ": no rule of " + Setting.PRESENCE.key()
                            + " matches it");
        }
        return Optional.of(new Asked(presence, destination.watched()));
    }

    /**
     * What a SUBSCRIBE to a topic tells of its user.
     *
     * @throws StompException INVALID_HEADER if it is too long or no JSON
     */
    public static Optional<String> infoOf(ClientFrame subscribe) {
        Optional<String> info = subscribe.destination().isTopic() ? subscribe.presence() : Optional.empty();
        info.flatMap(InfoJson::fault).ifPresent(fault -> {
            throw new StompException(StompError.INVALID_HEADER, "the header " + HeaderNames.PRESENCE + " " + fault);
        });
        return info;
    }

    /**
     * What a SEND tells of its user.
     *
     * @return nothing if the body is empty: what was told before is taken back
     * @throws StompException INVALID_DESTINATION if it is too long or no JSON
     */
    public static Optional<String> infoOf(Body body) {
        if (body.size() == 0) {
            return Optional.empty();
        }
        Optional<String> text = body.text();
        text.map(InfoJson::fault).orElse(Optional.of("is no text")).ifPresent(fault -> {
            throw new StompException(
                    StompError.INVALID_DESTINATION,
                    "what is told of a user is one JSON value of at most " + InfoJson.MAX_BYTES + " octets; the body "
                            + fault);
        });
        return text;
    }
}
