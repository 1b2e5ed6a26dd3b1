package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.security.Admission;
import io.stompline.security.AllowedOrigin;
import io.stompline.security.OriginRule;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.host.AllowedHost;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.RequestSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HandshakeDoorTest {
    private final Admission admission = new Admission(new Admission.Limits(0, 0, 0, 2, 0), () -> 0);
    private final Metrics metrics = new Metrics();
    private final AtomicLong open = new AtomicLong();
    private final OpenFiles files = new OpenFiles(1_000, open::get);
    private long nanos;
    private final List<Refused> told = new ArrayList<>();
    private final Audit audit = new Audit(told::add, () -> nanos);
    private final HandshakeDoor door = new HandshakeDoor(
            new HostRule(AllowedHost.of("localhost").stream().toList(), audit),
            new OriginRule(AllowedOrigin.of("https://shop.example").stream().toList()),
            admission,
            files,
            metrics,
            audit);

    @Test
    void door_allowedOrigin_opensUntilALimitIsReached() {
        assertThat(refusal("https://shop.example")).isEmpty();
        assertThat(refusal("http://localhost:8080")).isEmpty();
        assertThat(refusal("https://shop.example")).hasValueSatisfying(refusal -> {
            assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.BUSY);
            assertThat(refusal.reason()).contains("stompline.handshakes.max-per-second");
        });
    }

    @Test
    void door_closed_isBusyForEverybody() {
        door.close();
        assertThat(refusal("https://shop.example")).hasValueSatisfying(refusal -> {
            assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.BUSY);
            assertThat(refusal.reason()).contains("stops");
        });
        assertThat(told).isEmpty();
    }

    @Test
    void door_otherOrigin_isForbiddenAndNotCounted() {
        for (int i = 0; i < 3; i++) {
            assertThat(refusal("https://evil.example")).hasValueSatisfying(refusal -> {
                assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.FORBIDDEN_ORIGIN);
                assertThat(refusal.reason()).contains("stompline.allowed-origins");
            });
        }
        assertThat(refusal("https://shop.example")).isEmpty();
    }

    @Test
    void door_requestOfAPage_isCheckedAndNotCounted() {
        RequestSource source = new RequestSource("10.0.0.1", Optional.of("localhost:8080"), false);
        for (int i = 0; i < 3; i++) {
            assertThat(door.refusalOfPage(Optional.of("https://shop.example"), source))
                    .isEmpty();
        }
        assertThat(door.refusalOfPage(Optional.of("https://evil.example"), source))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.FORBIDDEN_ORIGIN));
        assertThat(refusal("https://shop.example")).isEmpty();
    }

    @Test
    void door_foreignHost_isRefusedAndNotCounted() {
        for (int i = 0; i < 3; i++) {
            RequestSource foreign = new RequestSource("10.0.0.1", Optional.of("evil.example:8080"), false);
            assertThat(door.refusal(Optional.of("http://evil.example:8080"), foreign))
                    .hasValueSatisfying(refusal -> {
                        assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.FOREIGN_HOST);
                        assertThat(refusal.reason()).contains("stompline.hosts");
                    });
        }
        assertThat(refusal("https://shop.example")).isEmpty();
    }

    @Test
    void door_fewFilesLeft_isShutUntilThereAreMore() {
        open.set(899);
        files.count();
        assertThat(refusal("https://shop.example")).isEmpty();
        assertThat(refusal("https://shop.example")).hasValueSatisfying(refusal -> {
            assertThat(refusal.kind()).isEqualTo(HandshakeDoor.Kind.BUSY);
            assertThat(refusal.reason()).contains("ulimit -n");
        });
        assertThat(metrics.counter(Meter.HANDSHAKES_REFUSED_FOR_FILES).value()).isEqualTo(1);
        assertThat(files.free()).isEqualTo(100);
    }

    @Test
    void files_takenByOthers_areSeenWhenFewAreLeft() {
        open.set(801);
        files.count();
        open.set(895);
        assertThat(files.tryTake()).isTrue();
        assertThat(files.free()).isEqualTo(104);
        open.set(900);
        assertThat(files.tryTake()).isFalse();
    }

    @Test
    void files_cannotBeCounted_countAsNone() {
        OpenFiles exhausted = new OpenFiles(1_000, () -> {
            throw new InternalError("errno: 24");
        });
        assertThat(exhausted.free()).isZero();
        assertThat(exhausted.tryTake()).isFalse();
        assertThat(OpenFiles.ofProcess().free()).isPositive();
    }

    @Test
    void log_refusedOrigins_onceAMinuteWithTheSettingThatHelps() {
        try (LogLines log = new LogLines(Audit.class)) {
            refusal("https://evil.example\u001b[2J");
            refusal("https://evil.example\u001b[2J");
            refusal("https://localhost:8080");
            assertThat(log.warnings())
                    .containsExactly(
                            "refused: handshake, user unknown, address 10.0.0.1: a page of https://evil.example?[2J may not"
                                    + " connect, for this server is localhost:8080: if it should, add its origin to"
                                    + " stompline.allowed-origins",
                            "refused: handshake, user unknown, address 10.0.0.1: a page of https://localhost:8080 may not connect, for the server was asked without TLS: if a"
                                    + " proxy ends TLS, name the proxy in stompline.proxies");
            nanos = Duration.ofMinutes(1).toNanos();
            refusal("https://localhost:8080");
            assertThat(log.warnings()).hasSize(3);
            assertThat(told).hasSize(3);
        }
    }

    @Test
    void log_manyOrigins_isBounded() {
        try (LogLines log = new LogLines(Audit.class)) {
            for (int i = 0; i < 1_000; i++) {
                refusal("https://evil" + i + ".example" + "x".repeat(5_000));
            }
            assertThat(log.warnings()).hasSize(60).allMatch(line -> line.length() < 500);
        }
    }

    @Test
    void log_limitReached_tellsTheAddressOnceAMinute() {
        try (LogLines log = new LogLines(Audit.class)) {
            for (int i = 0; i < 10; i++) {
                refusal("https://shop.example");
            }
            assertThat(log.warnings())
                    .containsExactly("refused: handshake, user unknown, address 10.0.0.1: too many handshakes"
                            + " (stompline.handshakes.max-per-second)");
        }
    }

    private Optional<HandshakeDoor.Refusal> refusal(String origin) {
        return door.refusal(Optional.of(origin), new RequestSource("10.0.0.1", Optional.of("localhost:8080"), false));
    }
}
