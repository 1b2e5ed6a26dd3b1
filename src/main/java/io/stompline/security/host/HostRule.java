package io.stompline.security.host;

import io.stompline.bounds.Printable;
import io.stompline.config.Setting;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.proxy.RequestSource;
import java.util.List;
import java.util.Optional;

/** Refuses requests for other hosts than those that the settings name, and tells of them. Thread-safe. */
public final class HostRule {
    private final List<AllowedHost> allowed;
    private final Audit audit;

    /** A rule that allows these hosts; without any, all. */
    public HostRule(List<AllowedHost> allowed, Audit audit) {
        this.allowed = List.copyOf(allowed);
        this.audit = audit;
    }

    /** Whether all hosts are allowed, so that nobody needs to ask. */
    public boolean allowsAll() {
        return allowed.isEmpty();
    }

    /**
     * Asks for one request.
     *
     * @param source where it comes from, and the host that it is for
     * @return why it is refused, naming the setting; nothing if its host is allowed
     */
    public Optional<String> refusal(RequestSource source) {
        if (allowsAll()
                || source.host()
                        .filter(host -> allowed.stream().anyMatch(some -> some.includes(host, source.secure())))
                        .isPresent()) {
            return Optional.empty();
        }
        String host = Printable.host(source.host().orElse(""));
        String reason = "a request for " + (host.isEmpty() ? "no host" : "the host " + host)
                + " is refused: if clients may ask for it, add it to " + Setting.HOSTS.key();
        audit.refusedAgain(Refused.early(Refused.What.REQUEST, source.address(), reason), "host " + host);
        return Optional.of("this server is not asked by that name (" + Setting.HOSTS.key() + ")");
    }
}
