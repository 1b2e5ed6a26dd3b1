package io.stompline.beans.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.api.StompClient;
import io.stompline.beans.publishing.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpulsionTest {
    private static List<StompClient> ended(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new StompClient(
                        "s-" + i, "ann", Set.of(), "10.0.0." + i, Instant.EPOCH, List.of(), 0, 0, "node"))
                .toList();
    }

    @Test
    void line_ofASession_saysWhoWhomWhereAndWhy() {
        assertThat(new Expulsion("s-0", Optional.empty(), Optional.of("boss"), "closed").line(ended(1)))
                .isEqualTo("ended by boss: session s-0, 1 on this server, session s-0 of ann at 10.0.0.0: closed");
        assertThat(new Expulsion("s-9", Optional.empty(), Optional.empty(), "closed").line(List.of()))
                .isEqualTo("ended by the application: session s-9, 0 on this server: closed");
    }

    @Test
    void line_ofManySessions_namesAFew() {
        assertThat(new Expulsion("", Optional.of("ann"), Optional.empty(), "closed").line(ended(50)))
                .startsWith("ended by the application: all sessions of user ann, 50 on this server, session s-0 of ann")
                .endsWith(" at 10.0.0.2, …: closed");
    }

    @Test
    void note_toOtherNodes_keepsLineEndsInNames() throws Exception {
        Expulsion order = new Expulsion("", Optional.of("ann\nbob"), Optional.empty(), "closed\ntoday");
        assertThat(Json.OURS.readValue(Json.OURS.writeValueAsString(order), Expulsion.class))
                .isEqualTo(order);
    }
}
