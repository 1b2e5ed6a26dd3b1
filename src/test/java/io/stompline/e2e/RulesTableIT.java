package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.RoomMembers;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.TokenIssuer;
import io.stompline.security.Caller;
import io.stompline.security.rules.Deed;
import io.stompline.security.rules.RulesExample;
import io.stompline.server.Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of access rules that the guide shows, each cell over a WebSocket. */
@Tag(Server.ANY)
class RulesTableIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** By user. */
    private static final Map<String, String> TOKENS = new HashMap<>();

    private static TokenIssuer issuer;
    private static Server server;

    @BeforeAll
    static void start() {
        issuer = new TokenIssuer();
        server = issuer.trustedBy(Server.application(ApplicationWar.write(ApplicationWar.of(RoomMembers.class)
                        .addAsResource(new StringAsset(RulesExample.rules()), "META-INF/stompline.rules"))))
                .with("stompline.jms.dead-message-queue", "dead.letters")
                .with("stompline.history", "/topic/** 10 1m, /user/** 10 1m")
                .with("stompline.presence", "/topic/**")
                .start();
        RulesExample.cells()
                .forEach(cell -> TOKENS.computeIfAbsent(cell.caller().name(), user -> token(cell.caller())));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static String token(Caller caller) {
        var claims = issuer.claims(caller.name(), LONG, caller.groups().toArray(String[]::new));
        caller.claims().forEach(claims::claim);
        return issuer.signed(claims.build());
    }

    static List<RulesExample.Cell> cells() {
        return RulesExample.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void rules_eachCellOfTheTable_holdsOnTheWire(RulesExample.Cell cell) throws InterruptedException {
        for (Deed deed : Deed.values()) {
            assertThat(isDone(cell.caller().name(), frame(deed, cell.destination())))
                    .as("%s", deed)
                    .isEqualTo(cell.deeds().contains(deed));
        }
    }

    /** Others send there on behalf of the caller. */
    static Stream<RulesExample.Cell> addresses() {
        return cells().stream()
                .filter(cell -> cell.caller().name().equals("ann"))
                .filter(cell -> cell.destination().matches("/(topic|queue)/[^*]+"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void rules_replyTo_isASend(RulesExample.Cell cell) throws InterruptedException {
        String frame = "SEND\ndestination:/queue/complaints\nreply-to:" + cell.destination() + "\nreceipt:r\n\n\0";
        assertThat(isDone("ann", frame)).isEqualTo(cell.deeds().contains(Deed.SEND));
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/stompline/users",
        "/topic/mq/metrics/jvm",
        "/topic/mq.metrics.jvm",
        "/topic/mq/**",
        "/queue/mq.sys.dmq",
        "/queue/dead/letters",
        "/temp-queue/x",
        "/user/ann/queue/errors"
    })
    void rules_namesOfOthers_areRefusedToAdminsToo(String destination) throws InterruptedException {
        for (Deed deed : Deed.values()) {
            assertThat(isDone("root", frame(deed, destination))).as("%s", deed).isFalse();
        }
    }

    private static String frame(Deed deed, String destination) {
        String rest = "destination:" + destination + "\nreceipt:r\n";
        return switch (deed) {
            case SEND -> "SEND\n" + rest + "\n{}\0";
            case SUBSCRIBE -> "SUBSCRIBE\nid:s\n" + rest + "\n\0";
            case HISTORY -> "SUBSCRIBE\nid:s\nx-stream-offset:first\n" + rest + "\n\0";
            case PRESENCE -> "SUBSCRIBE\nid:s\ndestination:/presence" + destination + "\nreceipt:r\n\n\0";
            case DURABLE -> "SUBSCRIBE\nid:s\ndurable:true\nname:n\n" + rest + "\n\0";
        };
    }

    /** Whether there is a receipt; if not, there is an ERROR because of the destination. */
    private static boolean isDone(String user, String frame) throws InterruptedException {
        try (RawClient client = RawClient.open(server.stompUri())) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\nclient-id:rules\nAuthorization:Bearer " + TOKENS.get(user)
                    + "\n\n\0");
            assertThat(ReceivedFrame.next(client).command()).isEqualTo("CONNECTED");
            ReceivedFrame answer = ReceivedFrame.next(client.send(frame));
            if (answer.command().equals("RECEIPT")) {
                return true;
            }
            assertThat(answer.header("message"))
                    .isIn("destination not allowed", "invalid destination", "invalid header");
            return false;
        }
    }
}
