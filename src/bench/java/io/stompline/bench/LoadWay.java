package io.stompline.bench;

import java.io.IOException;

/** What carries the octets of one client. One thread at a time. */
interface LoadWay {
    /** Takes what comes. */
    interface Receiver {
        /** Octets may be sent. */
        void opened();

        /** Octets, in any cut, lie in {@code bytes} from {@code start} to {@code end} during this call. */
        void message(byte[] bytes, int start, int end) throws IOException;
    }

    /** Begins to open it. */
    void open() throws IOException;

    /** Sends octets, with nothing else in the same message or request, when the loop comes round. */
    void send(byte[] octets);

    /** Where messages come. */
    LoadSocket socket();

    /** Whether it has not failed. */
    boolean isOpen();

    /** The longest time between two arrivals, up to now. */
    long longestSilenceNanos(long nowNanos);
}
