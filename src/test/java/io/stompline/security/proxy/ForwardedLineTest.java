package io.stompline.security.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedLineTest {
    private static Hop node(String node) {
        return new Hop(Optional.of(node), Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "for=;proto=http",
                "for;proto=http",
                "for 192.0.2.1",
                "for\"192.0.2.1\"",
                "=192.0.2.1",
                "\"for\"=192.0.2.1",
                "for= 192.0.2.1",
                "for =192.0.2.1",
                "for=192.0.2.1 x",
                "for=192.0.2.1\tx",
                "for=192.0.2.1 proto=http",
                "for=\"192.0.2.1\"x",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\\",
                "for=\"192.0.2.1\\\"",
                "for=192.0.2.1;FOR=192.0.2.2",
                "for=192.0.2.1, for=\"",
            })
    void forwarded_faultAnywhere_isOneHopThatSaysNothing(String line) {
        assertThat(ForwardedLine.hops(line)).containsExactly(Hop.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", ",", " ;, ,\t"})
    void forwarded_nothingInIt_isNoHop(String line) {
        assertThat(ForwardedLine.hops(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=a,for=b",
                " \tfor=a \t, for=b\t ",
                ";for=a;,;for=b;",
                "For=\"a\" , FOR=\"\\b\"",
                "for=a;x=\"y,;z\" ,, for=b",
            })
    void forwarded_twoElements_areTwoHopsInTheirOrder(String line) {
        assertThat(ForwardedLine.hops(line)).containsExactly(node("a"), node("b"));
    }

    @Test
    void forwarded_parameters_areThoseOfTheirElement() {
        assertThat(ForwardedLine.hops("for=a;proto=https;host=\"h:1\";by=x, proto=http"))
                .isEqualTo(List.of(
                        new Hop(Optional.of("a"), Optional.of("https"), Optional.of("h:1")),
                        new Hop(Optional.empty(), Optional.of("http"), Optional.empty())));
    }
}
