package io.stompline.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the body of one request, up to a limit, without a thread that waits (Jakarta Servlet 6.0, 3.7). Called by one
 * thread of the container at a time.
 */
final class BodyReader implements ReadListener {
    /** Who asked for the body; one of its methods is called, once. */
    interface Reader {
        /** All of it has come. */
        void read(ByteBuffer body);

        /** It is larger than the limit. */
        void tooLarge();

        /** It does not come any more. */
        void broken();
    }

    private static final int CHUNK = 8 * 1024;

    private final ServletInputStream input;
    private final int maxBytes;
    private final Reader reader;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final AtomicBoolean told = new AtomicBoolean();

    private BodyReader(ServletInputStream input, int maxBytes, Reader reader) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.reader = reader;
    }

    /**
     * Reads the body of a request: now, if it came with the header, as most do.
     *
     * @param maxBytes the limit, of which the caller knows that the header does not exceed it
     */
    static void read(HttpServletRequest request, int maxBytes, Reader reader) {
        try {
            ServletInputStream input = request.getInputStream();
            int length = request.getContentLength();
            if (length >= 0 && input.available() >= length) {
                // Nobody calls back then: Payara (seen in 6.2025.10) now and then does so when the request has ended.
                reader.read(ByteBuffer.wrap(input.readNBytes(length)));
            } else {
                input.setReadListener(new BodyReader(input, maxBytes, reader));
            }
        } catch (IOException gone) {
            reader.broken();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!told.get() && input.isReady()) {
            int read = input.read(chunk);
            if (read < 0) {
                break;
            }
            if (body.size() + read > maxBytes) {
                tell(reader::tooLarge);
            } else {
                body.write(chunk, 0, read);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        tell(() -> reader.read(ByteBuffer.wrap(body.toByteArray())));
    }

    @Override
    public void onError(Throwable problem) {
        tell(reader::broken);
    }

    private void tell(Runnable outcome) {
        if (told.compareAndSet(false, true)) {
            outcome.run();
        }
    }
}
