package io.stompline.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one publisher sends to one destination, and who of its subscribers got it. One thread at a time. */
final class LoadStream {
    /** A body is padding, and a number of so many digits. */
    private static final int DIGITS = 10;

    /** How many messages may be under way. */
    private static final int CAPACITY = 1 << 16;

    private final Scenario scenario;
    private final LoadClient publisher;
    private final byte[] frame;
    private final int numberOffset;
    private final int receiptOffset;
    private long beginNanos;
    private int sentBefore;
    private long latestNanos;

    private final List<Tally> tallies = new ArrayList<>();
    private final int[] missing = new int[CAPACITY];
    private final long[] sentNanos = new long[CAPACITY];
    private int sent;
    private int complete;

    LoadStream(Scenario scenario, String destination, LoadClient publisher) {
        this.scenario = scenario;
        this.publisher = publisher;
        int body = scenario.bodyOctets();
        String head = "SEND\ndestination:" + destination + "\ncontent-type:"
                + (scenario.has(Scenario.Habit.SEND_JSON) ? "application/json" : "text/plain") + "\ncontent-length:"
                + body;
        if (scenario.has(Scenario.Habit.DO_WITHOUT_DISK)) {
            head += "\npersistent:false";
        }
        if (asksForReceipts()) {
            head += "\nreceipt:" + "0".repeat(DIGITS);
        }
        String text = scenario.has(Scenario.Habit.SEND_JSON) ? JsonText.of(body) : "x".repeat(body);
        this.frame = (head + "\n\n" + text + "\0").getBytes(StandardCharsets.US_ASCII);
        this.numberOffset = frame.length - 1 - DIGITS;
        this.receiptOffset = head.length() - DIGITS;
    }

    /** One more subscriber, before the first message. */
    Tally addSubscriber() {
        Tally tally = new Tally();
        tallies.add(tally);
        return tally;
    }

    /** Starts the clock of the open loop, also again after a pause: the next message is due now. */
    void begin(long nowNanos) {
        beginNanos = nowNanos;
        sentBefore = sent;
    }

    /** Sends what is due: up to the window, or what the rate asks for by now. */
    void publish(long nowNanos) {
        while (scenario.isOpenLoop() ? nextNanos() <= nowNanos : sent - settled() < scenario.window()) {
            if (sent - complete == CAPACITY) {
                throw new IllegalStateException("the server is " + CAPACITY + " messages behind");
            }
            long dueNanos = scenario.isOpenLoop() ? nextNanos() : nowNanos;
            latestNanos = Math.max(latestNanos, nowNanos - dueNanos);
            sentNanos[sent % CAPACITY] = dueNanos;
            missing[sent % CAPACITY] = tallies.size();
            writeNumber(numberOffset, sent);
            if (asksForReceipts()) {
                writeNumber(receiptOffset, sent);
            }
            publisher.send(frame);
            sent++;
        }
    }

    /** When the next message is due by the nano clock; without a rate, never by itself. */
    long nextNanos() {
        return scenario.isOpenLoop()
                ? beginNanos + (long) ((sent - sentBefore) * TimeUnit.SECONDS.toNanos(1) / scenario.perSecond())
                : Long.MAX_VALUE;
    }

    /**
     * Takes a MESSAGE frame of a subscriber.
     *
     * @param end where the frame ends in {@code bytes}
     * @return nanoseconds since it was sent, or should have been; -1 if the subscriber had it already
     */
    long arrived(Tally subscriber, byte[] bytes, int end, long nowNanos) {
        int number = readNumber(bytes, end - DIGITS);
        if (!subscriber.tick(number)) {
            return -1;
        }
        missing[number % CAPACITY]--;
        countComplete();
        return nowNanos - sentNanos[number % CAPACITY];
    }

    /** Does without a subscriber from now on. */
    void forget(Tally subscriber) {
        tallies.remove(subscriber);
        for (int number = complete; number < sent; number++) {
            if (!subscriber.has(number)) {
                missing[number % CAPACITY]--;
            }
        }
        countComplete();
    }

    boolean isComplete() {
        return settled() == sent;
    }

    /** Ticks off a message of a subscriber that it does without. */
    void tick(Tally subscriber, byte[] bytes, int end) {
        subscriber.tick(readNumber(bytes, end - DIGITS));
    }

    boolean hasNewest(Tally subscriber) {
        return sent == 0 || subscriber.has(sent - 1);
    }

    /** How many messages a subscriber does not have. */
    long missing(Tally subscriber) {
        return subscriber.missing(sent);
    }

    /** How late this side was with a message at the most: what had come due meanwhile left all at once. */
    long latestNanos() {
        return latestNanos;
    }

    long receiptsMissing() {
        return asksForReceipts() ? sent - publisher.receipts() : 0;
    }

    long lost() {
        return tallies.stream().mapToLong(tally -> tally.missing(sent)).sum();
    }

    long duplicated() {
        return tallies.stream().mapToLong(Tally::duplicated).sum();
    }

    long outOfOrder() {
        return tallies.stream().mapToLong(Tally::outOfOrder).sum();
    }

    /** How many messages need nothing more. */
    private long settled() {
        return asksForReceipts() ? Math.min(complete, publisher.receipts()) : complete;
    }

    private boolean asksForReceipts() {
        return scenario.has(Scenario.Habit.ASK_FOR_RECEIPTS);
    }

    private void countComplete() {
        while (complete < sent && missing[complete % CAPACITY] == 0) {
            complete++;
        }
    }

    private void writeNumber(int offset, int number) {
        int left = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            frame[offset + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static int readNumber(byte[] bytes, int offset) {
        int number = 0;
        for (int i = offset; i < offset + DIGITS; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
