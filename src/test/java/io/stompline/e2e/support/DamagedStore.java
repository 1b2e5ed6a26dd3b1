package io.stompline.e2e.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file in which OpenMQ keeps the messages of one queue, as one octet of one message's record is changed. */
public enum DamagedStore {
    /** In the name of the destination, so that it is no UTF-8. */
    NAME {
        @Override
        int place(String content, String queue, int body) {
            return content.lastIndexOf(queue, body);
        }
    },
    /** Where the record begins. */
    RECORD_HEAD {
        @Override
        int place(String content, String queue, int body) {
            return content.lastIndexOf(RECORD, body);
        }
    },
    /** How long the record is: its last but one octet, as messages here have records of some hundred octets. */
    RECORD_LENGTH {
        @Override
        int place(String content, String queue, int body) {
            return content.lastIndexOf(RECORD, body) + RECORD.length() + 2;
        }
    },
    /** How long the message in the record is. */
    MESSAGE_LENGTH {
        @Override
        int place(String content, String queue, int body) {
            return content.lastIndexOf(RECORD, body) + RECORD.length() + 11;
        }
    },
    /** The octet before the body. */
    BEFORE_BODY {
        @Override
        int place(String content, String queue, int body) {
            return body - 1;
        }
    };

    /** Begins each record (seen in 6.5.1 and 6.7.0). */
    private static final String RECORD = "\u00aa\u00aaUU";

    abstract int place(String content, String queue, int body);

    /**
     * Changes that octet in the files of a server that does not run.
     *
     * @param data its data directory
     * @param queue JMS name of the queue
     * @param text of the message in whose record the octet is
     */
    public void damage(Path data, String queue, String text) throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(data.resolve("mq"))) {
            file = files.filter(path -> path.endsWith("Q" + queue + "/vrfile"))
                    .findFirst()
                    .orElseThrow();
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        octets[place(content, queue, content.indexOf(text))] ^= (byte) 0xff;
        Files.write(file, octets);
    }
}
