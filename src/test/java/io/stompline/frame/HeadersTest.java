package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers = Headers.of("a", "1", "b", "2", "a", "3");

    @Test
    void headers_repeated_firstCountsAndAllAreKept() {
        assertThat(headers.first("a")).contains("1");
        assertThat(headers.first("A")).isEmpty();
        assertThat(headers.has("b")).isTrue();
        assertThat(headers.size()).isEqualTo(3);
        List<String> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(name + value));
        assertThat(lines).containsExactly("a1", "b2", "a3");
    }

    @Test
    void firstOfEach_acceptedNames_keepsTheFirst() {
        assertThat(headers.firstOfEach(name -> true)).isEqualTo(Headers.of("a", "1", "b", "2"));
        assertThat(headers.firstOfEach(name -> !name.equals("a"))).isEqualTo(Headers.of("b", "2"));
    }

    @Test
    void builder_optionalValues_addsThosePresent() {
        Headers built = new Headers.Builder()
                .add("a", Optional.of("1"))
                .add("b", Optional.empty())
                .addAll(Headers.of("c", "3"))
                .build();
        assertThat(built).isEqualTo(Headers.of("a", "1", "c", "3")).hasSameHashCodeAs(Headers.of("a", "1", "c", "3"));
        assertThat(new Headers.Builder().build()).isEqualTo(Headers.none());
    }

    @Test
    void builder_usedAgain_leavesBuiltHeadersAlone() {
        Headers.Builder builder = new Headers.Builder().add("a", "1");
        Headers before = builder.build();
        builder.add("b", "2");
        assertThat(before).isEqualTo(Headers.of("a", "1"));
    }

    @Test
    void toString_values_areHidden() {
        assertThat(Headers.of("login", "ann", "passcode", "secret")).hasToString("[login, passcode]");
    }

    @Test
    void of_nameWithoutValue_isRefused() {
        assertThatThrownBy(() -> Headers.of("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
