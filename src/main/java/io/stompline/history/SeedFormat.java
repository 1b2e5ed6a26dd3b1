package io.stompline.history;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.lag.LagReport;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads a {@link Seed} as octets. Both nodes have to have the same {@link #VERSION}. */
final class SeedFormat {
    private static final int VERSION = 1;

    private SeedFormat() {}

    /** Writes a list: its length, then its elements. */
    private interface Writing<T> {
        void write(DataOutputStream out, T element) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    static void write(Seed seed, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(VERSION);
        writeAll(out, seed.lags(), (lags, report) -> writeText(lags, report.text()));
        writeAll(out, seed.rules(), SeedFormat::writeRule);
        writeAll(out, seed.rings(), SeedFormat::writeRing);
        out.flush();
    }

    /** @throws IOException if it is none, or of another version */
    static Seed read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        if (in.readInt() != VERSION) {
            throw new IOException("the other node has another version");
        }
        return new Seed(
                readAll(in, lags -> readParsed(LagReport.parse(readText(lags)))),
                readAll(in, SeedFormat::readRule),
                readAll(in, SeedFormat::readRing));
    }

    private static void writeRule(DataOutputStream out, Seed.OfRule rule) throws IOException {
        writeText(out, rule.pattern().text());
        out.writeLong(rule.sinceMillis());
        out.writeLong(rule.absentMillis());
    }

    private static Seed.OfRule readRule(DataInputStream in) throws IOException {
        return new Seed.OfRule(readDestination(in), in.readLong(), in.readLong());
    }

    private static void writeRing(DataOutputStream out, Seed.OfRing ring) throws IOException {
        writeText(out, ring.topic().destination().text());
        writeOptional(out, ring.topic().user());
        out.writeLong(ring.floorMillis());
        writeAll(out, ring.messages(), SeedFormat::writeKept);
    }

    private static Seed.OfRing readRing(DataInputStream in) throws IOException {
        KeptDestination topic = new KeptDestination(readDestination(in), readOptional(in));
        return new Seed.OfRing(topic, in.readLong(), readAll(in, SeedFormat::readKept));
    }

    private static void writeKept(DataOutputStream out, Seed.Kept kept) throws IOException {
        out.writeLong(kept.number());
        out.writeLong(kept.millis());
        writeText(out, kept.shownAs());
        writeMessage(out, kept.message());
    }

    private static Seed.Kept readKept(DataInputStream in) throws IOException {
        long number = in.readLong();
        long millis = in.readLong();
        String shownAs = readText(in);
        return new Seed.Kept(readMessage(in), shownAs, number, millis);
    }

    private static void writeMessage(DataOutputStream out, Message message) throws IOException {
        writeText(out, message.destination().text());
        List<String> lines = new ArrayList<>();
        message.headers().forEach((name, value) -> lines.addAll(List.of(name, value)));
        writeAll(out, lines, SeedFormat::writeText);
        writeOctets(out, message.body().toBytes());
        writeText(out, message.origin());
        writeAudience(out, message.audience());
        writeText(out, message.id());
    }

    private static Message readMessage(DataInputStream in) throws IOException {
        return new Message(
                readDestination(in),
                Headers.of(readAll(in, SeedFormat::readText).toArray(String[]::new)),
                Body.of(readOctets(in)),
                readText(in),
                readAudience(in),
                readText(in));
    }

    private static void writeAudience(DataOutputStream out, Audience audience) throws IOException {
        writeOptional(out, audience.user());
        writeOptional(out, audience.session());
        writeOptional(out, audience.exceptSession());
        writeOptional(out, audience.shownAs().map(Destination::text));
    }

    private static Audience readAudience(DataInputStream in) throws IOException {
        Optional<String> user = readOptional(in);
        Optional<String> session = readOptional(in);
        Optional<String> except = readOptional(in);
        return new Audience(user, session, except, readOptional(in).flatMap(Destination::parse));
    }

    private static Destination readDestination(DataInputStream in) throws IOException {
        return readParsed(Destination.parse(readText(in)));
    }

    private static <T> T readParsed(Optional<T> parsed) throws IOException {
        return parsed.orElseThrow(() -> new IOException("what the other node sent is damaged"));
    }

    private static <T> void writeAll(DataOutputStream out, List<T> elements, Writing<T> writing) throws IOException {
        out.writeInt(elements.size());
        for (T element : elements) {
            writing.write(out, element);
        }
    }

    private static <T> List<T> readAll(DataInputStream in, Reading<T> reading) throws IOException {
        int count = in.readInt();
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(reading.read(in));
        }
        return elements;
    }

    private static void writeOptional(DataOutputStream out, Optional<String> text) throws IOException {
        writeAll(out, text.stream().toList(), SeedFormat::writeText);
    }

    private static Optional<String> readOptional(DataInputStream in) throws IOException {
        return readAll(in, SeedFormat::readText).stream().findFirst();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeOctets(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readOctets(in), StandardCharsets.UTF_8);
    }

    private static void writeOctets(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }

    /** A length that is wrong reads to the end, and no further. */
    private static byte[] readOctets(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] octets = in.readNBytes(Math.max(0, length));
        if (octets.length != length) {
            throw new IOException("what the other node sent has no end");
        }
        return octets;
    }
}
