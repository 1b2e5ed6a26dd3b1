package io.stompline.security.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses in numbers; never asks the name service. */
final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** Two colons at least; a zone is no business of another host. */
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final int LONGEST = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();

    private IpAddress() {}

    /** An address without brackets and port. An IPv4 address written as IPv6 is the IPv4 address. */
    static Optional<InetAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (V4.matcher(text).matches()) {
                return Optional.of(InetAddress.getByName(text));
            }
            return V6.matcher(text).matches() ? Optional.of(InetAddress.getByName("[" + text + "]")) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
