package io.stompline.session.former;

import io.stompline.bounds.RecentMap;
import io.stompline.cluster.NodeChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows of the last 50,000 sessions whose they were: of those that ended on this node, and of all on the others, which
 * tell of a session when it begins, since a node may die without a word, and again when it ends. Thread-safe; nothing
 * blocks.
 */
public final class FormerSessions {
    private static final String KIND = "SESSIONS";

    /** So many sessions go in one note, when many come at once. */
    private static final Duration TELLS_AFTER = Duration.ofMillis(100);

    private static final int MAX_KNOWN = 50_000;
    private static final int MAX_TOLD = 50_000;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-z]{1,13}");

    /** A session together with its user, as nodes tell each other: neither can be found by it. */
    private record Token(long number) {
        static Token of(String user, String session) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((user + "\0" + session).getBytes(StandardCharsets.UTF_8));
                return new Token(ByteBuffer.wrap(digest.digest()).getLong() & Long.MAX_VALUE);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }

        static Stream<Token> parse(String text) {
            return TOKEN.matcher(text).matches()
                    ? Stream.of(new Token(Long.parseUnsignedLong(text, Character.MAX_RADIX)))
                    : Stream.empty();
        }

        String text() {
            return Long.toString(number, Character.MAX_RADIX);
        }
    }

    /** A session that is open. */
    public record Open(String user, String session) {}

    private final Map<Token, Boolean> known = Collections.synchronizedMap(new RecentMap<>(MAX_KNOWN));

    /** What the other nodes will be told soon. */
    private final Set<Token> fresh = ConcurrentHashMap.newKeySet();

    /** The nodes that were told of all sessions that were open, and of each since. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private volatile Consumer<Token> others = token -> {};

    /**
     * Tells the other nodes, and hears them. Called before the channel is joined.
     *
     * @param open all sessions that are open here
     */
    public void connect(NodeChannel channel, Supplier<Stream<Open>> open) {
        others = token -> tell(channel, token);
        channel.hear(KIND, note -> note.text().lines().flatMap(Token::parse).forEach(this::know));
        channel.hear(NodeChannel.ALIVE, note -> {
            told.retainAll(channel.others());
            if (told.add(note.node())) {
                open.get().forEach(each -> others.accept(Token.of(each.user(), each.session())));
            }
        });
    }

    private void tell(NodeChannel channel, Token token) {
        Set<String> nodes = channel.others();
        // Who does not hear this is told of all open sessions when it is heard again.
        told.retainAll(channel.isConnected() ? nodes : Set.of());
        if (!nodes.isEmpty() && fresh.size() < MAX_TOLD && fresh.add(token)) {
            channel.sayGathered(TELLS_AFTER, KIND, this::takeFresh);
        }
    }

    private String takeFresh() {
        List<Token> taken = List.copyOf(fresh);
        fresh.removeAll(Set.copyOf(taken));
        return taken.stream().map(Token::text).collect(Collectors.joining("\n"));
    }

    /** A session of this node has logged in. */
    public void began(String user, String session) {
        others.accept(Token.of(user, session));
    }

    /** A session of this node has ended. */
    public void ended(String user, String session) {
        Token token = Token.of(user, session);
        know(token);
        others.accept(token);
    }

    private void know(Token token) {
        known.put(token, true);
    }

    /** Whether that session was one of that user, or still is on another node, as far as this node knows. */
    public boolean isOf(String user, String session) {
        return known.containsKey(Token.of(user, session));
    }
}
