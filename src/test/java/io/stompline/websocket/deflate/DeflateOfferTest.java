package io.stompline.websocket.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.glassfish.tyrus.core.TyrusExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
    private static final String NO_CONTEXT = "server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits=\"10\""
            })
    void deflateOffer_ofBrowsersAndLibraries_isAnsweredWithoutContext(String offers) {
        assertThat(answer(offers)).contains(NO_CONTEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "permessage-deflate; unknown, permessage-deflate; server_max_window_bits=9, permessage-deflate;"
                        + " client_max_window_bits"
            })
    void deflateOffer_declined_leavesTheNextOne(String offers) {
        assertThat(answer(offers)).contains(NO_CONTEXT);
    }

    @Test
    void deflateOffer_windowOfTheServerThatWeHave_isRepeated() {
        assertThat(answer("permessage-deflate; server_max_window_bits=15"))
                .contains(NO_CONTEXT + "; server_max_window_bits=15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-bzip2",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=x",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; mode=fast",
                "permessage-deflate;;"
            })
    void deflateOffer_wrongOrNotOurs_isDeclined(String offers) {
        assertThat(answer(offers)).isEmpty();
    }

    private static Optional<String> answer(String offers) {
        return DeflateOffer.answer(TyrusExtension.fromString(List.of(offers)))
                .map(parameters -> parameters.stream()
                        .map(parameter -> parameter.getName()
                                + Optional.ofNullable(parameter.getValue())
                                        .map(value -> "=" + value)
                                        .orElse(""))
                        .collect(Collectors.joining("; ")));
    }
}
