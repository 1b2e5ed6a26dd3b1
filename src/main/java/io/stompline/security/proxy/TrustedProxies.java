package io.stompline.security.proxy;

import io.stompline.bounds.OnceLog;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Proxies that are trusted to name the client in {@code Forwarded} (RFC 7239) and in {@code X-Forwarded-For}, {@code
 * -Proto} and {@code -Host}. Thread-safe.
 *
 * <p>Each proxy appends to the headers that it received, and the first received them from the client, which may write
 * anything. So the headers are read from the right: the first address that is no trusted proxy is the client's, and the
 * addresses left of it are ignored. If an address is hidden or malformed, the proxy that wrote it counts as the client.
 */
public final class TrustedProxies {
    private static final Duration LOG_AGAIN = Duration.ofMinutes(1);

    private final List<AddressRange> ranges;
    private final OnceLog log =
            new OnceLog(System.getLogger(TrustedProxies.class.getName()), LOG_AGAIN, System::nanoTime);

    /** Trusts proxies with an address in one of these ranges. */
    public TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** The facts in the headers of one kind; no address if no proxy names one. */
    private record Claim(Optional<String> address, Optional<Boolean> secure, Optional<String> host) {}

    /** Where a request comes from. */
    public RequestSource source(HttpServletRequest request) {
        return source(request.getRemoteAddr(), request.isSecure(), name -> Collections.list(request.getHeaders(name)));
    }

    /**
     * Where a request comes from.
     *
     * @param peer the address that the connection comes from
     * @param secure whether the connection has TLS
     * @param headers the values of a header, the first line first
     */
    RequestSource source(String peer, boolean secure, Function<String, List<String>> headers) {
        List<String> hosts = headers.apply("Host");
        // More than one is no valid request (RFC 9112, 3.2), and nobody knows which of them is meant.
        RequestSource direct =
                new RequestSource(peer, hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty(), secure);
        if (!IpAddress.parse(peer).filter(this::trusts).isPresent()) {
            return direct;
        }
        Claim standard = claim(peer, forwarded(headers));
        Claim custom = claim(peer, xForwarded(headers));
        if (standard.address().isPresent()
                && custom.address().isPresent()
                && !standard.address().equals(custom.address())) {
            // The proxy sets one of them and passes on the other, which the client may have written.
            log.log(
                    Level.WARNING,
                    peer,
                    "the proxy at " + peer + " sends Forwarded and X-Forwarded-For that name different clients:"
                            + " neither is heeded; let the proxy remove the one that it does not set");
            return direct;
        }
        return new RequestSource(
                standard.address().or(custom::address).orElse(peer),
                standard.host().or(custom::host).or(direct::host),
                standard.secure().or(custom::secure).orElse(secure));
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<Hop> forwarded(Function<String, List<String>> headers) {
        return headers.apply("Forwarded").stream()
                .flatMap(line -> ForwardedLine.hops(line).stream())
                .toList();
    }

    /** As far as the lists have different lengths, their right ends belong together. */
    private static List<Hop> xForwarded(Function<String, List<String>> headers) {
        List<String> nodes = values(headers, "X-Forwarded-For");
        List<String> protos = values(headers, "X-Forwarded-Proto");
        List<String> hosts = values(headers, "X-Forwarded-Host");
        List<Hop> hops = new ArrayList<>();
        for (int fromRight = Math.max(1, nodes.size()); fromRight > 0; fromRight--) {
            hops.add(new Hop(at(nodes, fromRight), at(protos, fromRight), at(hosts, fromRight)));
        }
        return hops;
    }

    private static List<String> values(Function<String, List<String>> headers, String name) {
        return headers.apply(name).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<String> at(List<String> values, int fromRight) {
        return fromRight <= values.size() ? Optional.of(values.get(values.size() - fromRight)) : Optional.empty();
    }

    /** The hops that trusted proxies name: each is named by a trusted one and is trusted itself. */
    private Claim claim(String peer, List<Hop> hops) {
        String address = peer;
        boolean goOn = true;
        int first = hops.size();
        while (goOn && first > 0) {
            first--;
            Optional<InetAddress> from = hops.get(first).address();
            address = from.map(InetAddress::getHostAddress).orElse(address);
            goOn = from.filter(this::trusts).isPresent();
        }
        List<Hop> believed = hops.subList(first, hops.size());
        return new Claim(
                hops.stream().anyMatch(hop -> hop.node().isPresent()) ? Optional.of(address) : Optional.empty(),
                first(believed, Hop::secure),
                first(believed, Hop::host));
    }

    /** The proxy that the client spoke to knows best. */
    private static <T> Optional<T> first(List<Hop> hops, Function<Hop, Optional<T>> value) {
        return hops.stream().map(value).flatMap(Optional::stream).findFirst();
    }
}
