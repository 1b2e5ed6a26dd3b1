package io.stompline.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The body of one frame: octets that do not change any more. Immutable. */
public final class Body {
    private static final Body EMPTY = new Body(new byte[0]);

    private final byte[] octets;

    private Body(byte[] octets) {
        this.octets = octets;
    }

    /** A body of no octets. */
    public static Body empty() {
        return EMPTY;
    }

    /** A body of a copy of these octets. */
    public static Body of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Body(octets.clone());
    }

    /** A body of the octets from {@code start} (included) to {@code end} (excluded), copied. */
    static Body copyOf(byte[] source, int start, int end) {
        return start == end ? EMPTY : new Body(Arrays.copyOfRange(source, start, end));
    }

    /** A body of this text in UTF-8. */
    public static Body utf8(String text) {
        return text.isEmpty() ? EMPTY : new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Size in octets. */
    public int size() {
        return octets.length;
    }

    /** The octets, copied. */
    public byte[] toBytes() {
        return octets.clone();
    }

    /** Copies all octets into {@code target}, beginning at {@code offset}. */
    public void copyInto(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    /** The body as text, or nothing if the octets are not valid UTF-8. */
    public Optional<String> text() {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return Optional.of(text.toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(octets, body.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The size only: contents do not belong into logs. */
    @Override
    public String toString() {
        return octets.length + " octets";
    }
}
