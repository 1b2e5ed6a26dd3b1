package io.stompline.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide says of every answer that opens no WebSocket what to do. */
class TextAnswerTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{3}) \\|");

    @Test
    void answers_page_hasARowForEach() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Method made : TextAnswer.class.getDeclaredMethods()) {
            if (made.getReturnType() == TextAnswer.class) {
                statuses.add(((TextAnswer) made.invoke(null, arguments(made))).status());
            }
        }
        assertThat(statuses).hasSizeGreaterThan(4);
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(statuses);
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == int.class ? (Object) 2 : "text")
                .toArray();
    }

    private static List<Integer> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("src/site/markdown/errors.md")))
                .results()
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();
    }
}
