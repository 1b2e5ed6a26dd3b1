package io.stompline.openmq;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells in the log of the server what OpenMQ (seen in 6.5.1) says in its own only: that it has read its files and left
 * out what it could not read. One line for each destination. Thread-safe; public for OpenMQ, whose settings name it
 * (broker.properties).
 */
public final class LossLog extends Handler {
    private static final Logger LOG = Logger.getLogger(LossLog.class.getName());

    /** As it says it when it opens a file, when it meets a half-written record, and when it reads a message. */
    private static final Pattern LOSS = Pattern.compile(
            "possible (?:data )?loss (?:for|of) (?<file>.+?):?$"
                    + "|(?<half>\\S+): found a corrupted message"
                    + "|\\[B4143].* for destination (?<message>\\S+?):?$",
            Pattern.MULTILINE);

    /** As the description of a file names each. */
    private static final Pattern BAD_RECORD = Pattern.compile("Bad record found");

    private static final int MAX_CHARS = 700;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Made by OpenMQ. */
    public LossLog() {
        // Its settings have its name.
    }

    @Override
    public void publish(LogRecord entry) {
        Matcher loss = LOSS.matcher(String.valueOf(entry.getMessage()));
        if (isLoggable(entry) && loss.find() && told.add(what(loss))) {
            LOG.log(Level.WARNING, "{0}", sentence(what(loss), entry.getMessage()));
        }
    }

    /** {@code Q:orders}, or what else its files hold. */
    private static String what(Matcher loss) {
        for (String group : new String[] {"file", "half", "message"}) {
            if (loss.group(group) != null) {
                return loss.group(group);
            }
        }
        throw new IllegalStateException(loss.pattern().pattern());
    }

    private static String sentence(String what, String text) {
        long places = BAD_RECORD.matcher(text).results().count();
        String words = text.strip().replaceAll("\\s+", " ");
        return "messages of " + what + " may be lost: what the message broker has stored is damaged"
                + (places == 0 ? "" : " in " + places + (places == 1 ? " place" : " places"))
                + ", and it goes on with what it can read. It says: "
                + words.substring(0, Math.min(MAX_CHARS, words.length()));
    }

    @Override
    public void flush() {
        // The other log does.
    }

    @Override
    public void close() {
        told.clear();
    }
}
