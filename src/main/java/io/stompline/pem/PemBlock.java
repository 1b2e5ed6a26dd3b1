package io.stompline.pem;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param label what it is, such as {@code PUBLIC KEY}
 * @param base64 what stands between head and foot, perhaps in several lines
 */
public record PemBlock(String label, String base64) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** All blocks of a text, in order; what stands between them is for people. */
    public static List<PemBlock> read(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(new PemBlock(found.group(1), found.group(2)));
        }
        return blocks;
    }

    /**
     * The octets that the block encodes.
     *
     * @throws IllegalArgumentException with a message that has nothing of the text, if it is no base64
     */
    public byte[] bytes() {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("base64 with a fault", e);
        }
    }

    /** Without the content, which may be secret. */
    @Override
    public String toString() {
        return "BEGIN " + label;
    }
}
