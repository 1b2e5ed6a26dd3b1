package io.stompline.e2e.support;

/**
 * Sends numbered persistent messages with receipts, a few at a time in one WebSocket message, and notes the receipts.
 */
public final class LedgerPublisher implements Runnable {
    private static final int AT_A_TIME = 5;

    private final RawClient client;
    private final String name;
    private final String destination;
    private final int count;
    private final Ledger ledger;

    /** @param count a multiple of 5 */
    public LedgerPublisher(RawClient client, String name, String destination, int count, Ledger ledger) {
        this.client = client;
        this.name = name;
        this.destination = destination;
        this.count = count;
        this.ledger = ledger;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < count; i += AT_A_TIME) {
                send(i);
                awaitReceipts(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int first) {
        StringBuilder frames = new StringBuilder();
        for (int i = first; i < first + AT_A_TIME; i++) {
            frames.append("SEND\ndestination:%s\npersistent:true\nreceipt:%2$s-%3$d\n\n%2$s-%3$d\0"
                    .formatted(destination, name, i));
        }
        client.send(frames.toString());
    }

    private void awaitReceipts(int first) throws InterruptedException {
        for (int i = first; i < first + AT_A_TIME; i++) {
            String message = name + "-" + i;
            String answer = client.next();
            if (!answer.equals("RECEIPT\nreceipt-id:" + message + "\n\n")) {
                throw new AssertionError("no receipt of " + message + " but " + answer);
            }
            ledger.receipted(message);
        }
    }
}
