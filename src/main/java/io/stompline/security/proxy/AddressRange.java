package io.stompline.security.proxy;

import java.net.InetAddress;
import java.util.Optional;

/**
 * IP addresses that begin alike, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network an address of the range
 * @param prefixBits how many bits of it all addresses of the range have in common
 */
public record AddressRange(InetAddress network, int prefixBits) {
    /** The texts that {@link #of} reads, for errors. */
    public static final String EXAMPLES = "addresses or networks such as 10.0.0.7, 10.0.0.0/8 or fd00::/8";

    /** A range in the notation of RFC 4632, or a single address; nothing if the text is neither. */
    public static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(address -> new AddressRange(address, bits(address)));
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return IpAddress.parse(text.substring(0, slash))
                .map(address -> new AddressRange(address, Integer.parseInt(prefix)))
                .filter(range -> range.prefixBits <= bits(range.network));
    }

    /** Whether an address is in the range. */
    boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            if (bit(own, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static int bit(byte[] octets, int at) {
        return octets[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE) & 1;
    }
}
