package io.stompline.websocket.deflate;

import jakarta.websocket.Extension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One offer of a client to compress (RFC 7692, 7.1).
 *
 * @param parameters in their order; the value of one without a value is null, as Tyrus has it
 */
record DeflateOffer(List<Extension.Parameter> parameters) {
    static final String NAME = "permessage-deflate";

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    /** The only window that {@link java.util.zip.Deflater} has: 32 KiB. */
    private static final String OUR_WINDOW_BITS = "15";

    private static final String ANY_WINDOW_BITS = "[89]|1[0-5]";

    /** What is agreed: the answer to the first offer that can be accepted; empty if there is none. */
    static Optional<List<Extension.Parameter>> answer(List<Extension> offers) {
        return offers.stream()
                .filter(offer -> NAME.equals(offer.getName()))
                .map(offer -> new DeflateOffer(offer.getParameters()))
                .filter(DeflateOffer::isAcceptable)
                .findFirst()
                .map(DeflateOffer::answer);
    }

    /** An offer with a parameter that is unknown, wrong or there twice is declined (RFC 7692, 7). */
    private boolean isAcceptable() {
        Set<String> names = new HashSet<>();
        return parameters.stream().allMatch(parameter -> names.add(parameter.getName()) && isAcceptable(parameter));
    }

    private static boolean isAcceptable(Extension.Parameter parameter) {
        Optional<String> value = Optional.ofNullable(parameter.getValue());
        return switch (parameter.getName()) {
            case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value.isEmpty();
            case SERVER_MAX_WINDOW_BITS -> value.filter(OUR_WINDOW_BITS::equals).isPresent();
            case CLIENT_MAX_WINDOW_BITS ->
                value.map(bits -> bits.matches(ANY_WINDOW_BITS)).orElse(true);
            default -> false;
        };
    }

    /** No context either way: so no memory of a connection's own, and messages that many connections share. */
    private List<Extension.Parameter> answer() {
        List<Extension.Parameter> agreed = new ArrayList<>();
        agreed.add(new Agreed(SERVER_NO_CONTEXT_TAKEOVER, null));
        agreed.add(new Agreed(CLIENT_NO_CONTEXT_TAKEOVER, null));
        if (parameters.stream().anyMatch(parameter -> parameter.getName().equals(SERVER_MAX_WINDOW_BITS))) {
            // 7.1.2.1: accepting it means to repeat it.
            agreed.add(new Agreed(SERVER_MAX_WINDOW_BITS, OUR_WINDOW_BITS));
        }
        return agreed;
    }

    private record Agreed(String getName, String getValue) implements Extension.Parameter {}
}
