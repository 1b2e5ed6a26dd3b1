package io.stompline.bounds;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells by which part of a client's address it is limited. */
public final class AddressBlock {
    /** Whoever has one IPv6 address has all with the same 64 bits (RFC 6177, 2). */
    private static final int IPV6_BYTES = 8;

    private AddressBlock() {}

    /**
     * The part of an address that one client is limited by: all of an IPv4 address, the first 64 bits of an IPv6
     * address; of anything else the text.
     *
     * @param address in numbers, perhaps with the name of an interface behind a percent sign
     */
    public static String of(String address) {
        // Without a colon it might be a name, and be asked for in the network.
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address.replaceFirst("%.*", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
