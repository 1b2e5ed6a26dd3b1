package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final List<String> seen = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Output output = new Output();
    private boolean ready = true;
    private boolean broken;
    private final Exchange exchange = Exchange.start(
            fake(HttpServletRequest.class, "startAsync", fake(AsyncContext.class, "", "")),
            fake(HttpServletResponse.class, "getOutputStream", output),
            Duration.ZERO,
            new ServerAdaptations.AnswerSocket() {
                @Override
                public void noticeEnd(Runnable gone) {
                    seen.add("watched");
                }

                @Override
                public void abort() {
                    seen.add("aborted");
                }
            },
            (delay, task) -> later.add(task));

    @Test
    void stream_ofParts_isWrittenInOrderUntilItsEnd() {
        write("a");
        exchange.stream(Map.of());
        write("b");
        exchange.end();
        assertThat(seen).containsExactly("a", "flush", "a true", "b", "flush", "b true", "complete");
    }

    @Test
    void stream_containerNotReady_waitsForIt() {
        exchange.stream(Map.of());
        ready = false;
        write("a");
        exchange.end();
        assertThat(seen).isEmpty();
        ready = true;
        exchange.onWritePossible();
        assertThat(seen).containsExactly("a", "flush", "a true", "complete");
    }

    @Test
    void stream_afterAWhile_watchesForItsEnd() {
        exchange.stream(Map.of());
        later.forEach(Runnable::run);
        assertThat(seen).containsExactly("watched");
    }

    @Test
    void stream_broken_tellsEveryWriterOnce() {
        exchange.onBroken(() -> seen.add("broken"));
        exchange.stream(Map.of());
        broken = true;
        write("a");
        write("b");
        exchange.onError(new IOException("again"));
        assertThat(seen).containsExactly("a false", "broken", "complete", "b false");
    }

    @Test
    void stream_thatIsNotRead_isAbortedAfterItsEnd() {
        exchange.onBroken(() -> seen.add("broken"));
        exchange.stream(Map.of());
        ready = false;
        write("a");
        exchange.end();
        later.forEach(Runnable::run);
        assertThat(seen).contains("aborted", "a false", "broken", "complete");
    }

    @Test
    void answer_given_isTheOnlyOne() {
        exchange.answer(Answer.gone());
        exchange.answer(Answer.bodyTimeout());
        assertThat(seen).containsExactly("there is no such session\n", "flush", "complete");
        assertThat(exchange.claim()).isFalse();
    }

    @Test
    void answer_afterTheEnd_touchesNothing() {
        exchange.onError(new IOException("gone"));
        exchange.answer(Answer.gone());
        assertThat(seen).containsExactly("complete");
        assertThat(exchange.claim()).isFalse();
    }

    private void write(String text) {
        exchange.write(text.getBytes(StandardCharsets.UTF_8), taken -> seen.add(text + " " + taken));
    }

    private final class Output extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // This test calls the exchange itself.
        }

        @Override
        public void write(byte[] octets) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            seen.add(new String(octets, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            seen.add("flush");
        }

        @Override
        public void write(int octet) {
            throw new AssertionError("one by one");
        }
    }

    /** One that answers a single method, and does nothing for others. */
    private <T> T fake(Class<T> type, String method, Object answer) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            if (called.getName().equals("complete")) {
                seen.add("complete");
            } else if (called.getName().equals("start")) {
                ((Runnable) arguments[0]).run();
            }
            return called.getName().equals(method) ? answer : null;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
