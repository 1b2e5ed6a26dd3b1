package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final int MAX_BYTES = 8;

    private final List<String> told = new ArrayList<>();
    private final Input input = new Input();
    private final Queue<Runnable> afterSilence = new ArrayDeque<>();
    private final Runnable late =
            BodyReader.read(request(), MAX_BYTES, (time, task) -> afterSilence.add(task), new BodyReader.Reader() {
                @Override
                public void read(ByteBuffer body) {
                    told.add(StandardCharsets.US_ASCII.decode(body).toString());
                }

                @Override
                public void tooLarge() {
                    told.add("too large");
                }

                @Override
                public void broken() {
                    told.add("broken");
                }
            });

    @Test
    void body_inPieces_isReadAsOne() throws IOException {
        input.come("abc");
        input.come("de");
        input.listener.onAllDataRead();
        late.run();
        assertThat(told).containsExactly("abcde");
    }

    @Test
    void body_aboveTheLimit_isNotReadOn() throws IOException {
        input.come("123456789");
        input.come("more");
        assertThat(told).containsExactly("too large");
        assertThat(input.waiting).isEqualTo("more");
    }

    /** The request may be that of another client by then. */
    @Test
    void body_late_isNotReadAnyMore() throws IOException {
        input.come("abc");
        late.run();
        input.come("of another");
        input.listener.onAllDataRead();
        late.run();
        assertThat(told).containsExactly("broken");
        assertThat(input.waiting).isEqualTo("of another");
    }

    /** A request whose line has died would keep its session from sending. */
    @Test
    void body_silent_isBroken() throws IOException {
        input.come("abc");
        afterSilence.remove().run();
        assertThat(told).isEmpty();
        input.come("de");
        afterSilence.remove().run();
        assertThat(told).isEmpty();
        afterSilence.remove().run();
        assertThat(told).containsExactly("broken");
        assertThat(afterSilence).isEmpty();
    }

    @Test
    void body_whole_isLookedAtOnceMoreAtMost() throws IOException {
        input.come("abc");
        input.listener.onAllDataRead();
        afterSilence.remove().run();
        assertThat(afterSilence).isEmpty();
        assertThat(told).containsExactly("abc");
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                BodyReaderTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> called.getName().equals("getInputStream") ? input : -1);
    }

    private static final class Input extends ServletInputStream {
        private String waiting = "";
        private ReadListener listener;

        private void come(String more) throws IOException {
            waiting += more;
            listener.onDataAvailable();
        }

        @Override
        public boolean isReady() {
            return !waiting.isEmpty();
        }

        @Override
        public int read(byte[] octets, int offset, int length) {
            byte[] all = waiting.getBytes(StandardCharsets.US_ASCII);
            waiting = "";
            System.arraycopy(all, 0, octets, offset, all.length);
            return all.length;
        }

        @Override
        public int read() {
            throw new AssertionError("one by one");
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener given) {
            listener = given;
        }
    }
}
