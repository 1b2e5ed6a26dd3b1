package io.stompline.bench;

import java.nio.charset.StandardCharsets;

/** One user of {@link KeptRun}, who acknowledges each message and remembers which came when. One thread at a time. */
final class KeptUser implements LoadClient.Receiver {
    private static final byte[] HEAD_END = {'\n', '\n'};

    private final Tally came = new Tally();
    private final int messages;
    private long readyNanos;
    private long firstNanos;
    private long lastNanos;

    /** @param messages how many are kept for the user, whose bodies begin with the numbers from 1 on */
    KeptUser(int messages) {
        this.messages = messages;
    }

    /** The SUBSCRIBE has its RECEIPT. */
    void ready(long nowNanos) {
        readyNanos = nowNanos;
    }

    @Override
    public void message(LoadClient client, byte[] bytes, int start, int end) {
        lastNanos = System.nanoTime();
        firstNanos = firstNanos == 0 ? lastNanos : firstNanos;
        came.tick(number(bytes, start, end) - 1);
        client.acknowledge(bytes, start, end);
    }

    private static int number(byte[] bytes, int start, int end) {
        int body = start;
        while (bytes[body] != HEAD_END[0] || bytes[body + 1] != HEAD_END[1]) {
            body++;
        }
        String text = new String(bytes, body + 2, end - body - 2, StandardCharsets.US_ASCII);
        return Integer.parseInt(text.substring(0, text.indexOf('.')));
    }

    boolean hasAll() {
        return missing() == 0;
    }

    long missing() {
        return came.missing(messages);
    }

    long doubled() {
        return came.duplicated();
    }

    long outOfOrder() {
        return came.outOfOrder();
    }

    /** From the RECEIPT to the first message. */
    long firstAfterNanos() {
        return firstNanos - readyNanos;
    }

    /** From the RECEIPT to the last one. */
    long lastAfterNanos() {
        return lastNanos - readyNanos;
    }
}
