package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final AtomicLong nanos = new AtomicLong();
    private int guesses;
    private final LoginThrottle throttle = new LoginThrottle(limits(2, 4), nanos::get);

    @Test
    void throttle_manyFailures_lockLoginAtTheAddressForAWhile() {
        fail("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isFalse();
        fail("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isTrue();
        assertThat(throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in")))
                .isEmpty();
        assertThat(throttle.isLocked("ann", "b")).isFalse();
        assertThat(throttle.isLocked("bob", "a")).isFalse();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(throttle.isLocked("ann", "a")).isFalse();
        assertThat(throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in")))
                .contains("in");
    }

    @Test
    void throttle_sameWrongPasscodeAgain_isNoGuess() {
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.attempt(passcode("ann", "mistyped"), "a", Optional::empty))
                    .isEmpty();
        }
        assertThat(throttle.isLocked("ann", "a")).isFalse();
        fail("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isTrue();
    }

    @Test
    void throttle_sameWrongPasscodeAgain_isNotCheckedForAWhile() {
        AtomicInteger checks = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            throttle.attempt(passcode("ann", "mistyped"), "a", () -> {
                checks.incrementAndGet();
                return Optional.empty();
            });
        }
        assertThat(checks).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(throttle.attempt(passcode("ann", "mistyped"), "a", () -> Optional.of("changed meanwhile")))
                .isPresent();
    }

    @Test
    void throttle_manyLoginsOfOneAddress_lockTheAddress() {
        for (int i = 0; i < 4; i++) {
            assertThat(throttle.isLocked("ann", "a")).isFalse();
            fail("login " + i, "a");
        }
        assertThat(throttle.isLocked("ann", "a")).isTrue();
        assertThat(throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in")))
                .isEmpty();
        assertThat(throttle.attempt(passcode("ann", "right"), "b", () -> Optional.of("in")))
                .contains("in");
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in")))
                .contains("in");
    }

    @Test
    void throttle_rightPasscode_forgetsFailures() {
        fail("ann", "a");
        throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in"));
        fail("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isFalse();
    }

    @Test
    void throttle_failingStore_countsNoFailure() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> throttle.attempt(passcode("ann", "right"), "a", () -> {
                        throw new IllegalStateException("no store");
                    }))
                    .hasMessage("no store");
        }
        assertThat(throttle.attempt(passcode("ann", "right"), "a", () -> Optional.of("in")))
                .contains("in");
    }

    @Test
    void throttle_concurrentWrongPasscodes_countEach() throws InterruptedException {
        assertThat(ofThreeAtATime(throttle, i -> "ann", Optional.empty())).isEqualTo(2);
        assertThat(throttle.isLocked("ann", "a")).isTrue();
    }

    @Test
    void throttle_concurrentRightPasscodes_areAllLetIn() throws InterruptedException {
        assertThat(ofThreeAtATime(throttle, i -> "ann", Optional.of("in"))).isEqualTo(3);
        assertThat(throttle.isLocked("ann", "a")).isFalse();
    }

    @Test
    void throttle_concurrentWrongPasscodesOfManyLogins_countForTheAddress() throws InterruptedException {
        LoginThrottle ofAddress = new LoginThrottle(limits(10, 2), nanos::get);
        assertThat(ofThreeAtATime(ofAddress, i -> "login " + i, Optional.empty()))
                .isEqualTo(2);
        assertThat(ofAddress.isLocked("a")).isTrue();
    }

    @Test
    void throttle_concurrentRightPasscodesOfManyLogins_areAllLetIn() throws InterruptedException {
        LoginThrottle ofAddress = new LoginThrottle(limits(10, 2), nanos::get);
        assertThat(ofThreeAtATime(ofAddress, i -> "login " + i, Optional.of("in")))
                .isEqualTo(3);
        assertThat(ofAddress.isLocked("a")).isFalse();
    }

    @Test
    void throttle_passcodeThatIsChecked_leavesNoRoomForATicket() {
        LoginThrottle ofAddress = new LoginThrottle(limits(10, 1), nanos::get);
        ofAddress.attempt(passcode("ann", "right"), "a", () -> {
            assertThat(ofAddress.hasRoom("a")).isFalse();
            assertThat(ofAddress.hasRoom("b")).isTrue();
            return Optional.of("in");
        });
        assertThat(ofAddress.hasRoom("a")).isTrue();
    }

    @Test
    void throttle_oneOfTwoAttemptsEnds_theOtherStillCounts() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        List<CountDownLatch> ends = new ArrayList<>();
        List<Thread> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CountDownLatch end = new CountDownLatch(1);
            Credentials.Passcode shown = passcode("ann", "right");
            Thread attempt = new Thread(() -> throttle.attempt(shown, "a", () -> {
                begun.incrementAndGet();
                await(end);
                return Optional.of("in");
            }));
            ends.add(end);
            attempts.add(attempt);
            attempt.start();
            Awaitility.await().until(() -> attempt.getState() == Thread.State.WAITING);
            if (i == 1) {
                ends.get(0).countDown();
                attempts.get(0).join();
            }
        }
        assertThat(begun).as("the fourth waits for the second and the third").hasValue(3);
        ends.forEach(CountDownLatch::countDown);
        for (Thread attempt : attempts) {
            attempt.join();
        }
        assertThat(begun).hasValue(4);
    }

    @Test
    void throttle_interruptedWhileItWaits_isRefusedUnchecked() throws InterruptedException {
        CountDownLatch outcomeKnown = new CountDownLatch(1);
        AtomicInteger checks = new AtomicInteger();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Credentials.Passcode shown = passcode("ann", "guess " + i);
            Thread attempt = new Thread(() -> throttle.attempt(shown, "a", () -> {
                checks.incrementAndGet();
                await(outcomeKnown);
                return Optional.empty();
            }));
            running.add(attempt);
            attempt.start();
            Awaitility.await().until(() -> attempt.getState() == Thread.State.WAITING);
        }
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            Optional<String> found = throttle.attempt(passcode("ann", "right"), "a", () -> {
                checks.incrementAndGet();
                return Optional.of("in");
            });
            interrupted.set(found.isEmpty() && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        waiting.join();
        outcomeKnown.countDown();
        for (Thread attempt : running) {
            attempt.join();
        }
        assertThat(interrupted).isTrue();
        assertThat(checks).hasValue(2);
    }

    @Test
    void throttle_longLogin_isKnownByItsFirst128Characters() {
        String begin = "x".repeat(128);
        fail(begin + "1", "a");
        fail(begin + "2", "a");
        assertThat(throttle.isLocked(begin + "3", "a")).isTrue();
        assertThat(throttle.isLocked(begin.substring(1), "a")).isFalse();
    }

    @Test
    void throttle_switchedOff_neverLocks() {
        LoginThrottle off = new LoginThrottle(limits(0, 0), nanos::get);
        for (int i = 0; i < 10; i++) {
            off.attempt(passcode("ann", "guess " + i), "a", Optional::empty);
        }
        assertThat(off.isLocked("ann", "a")).isFalse();
    }

    private void fail(String login, String address) {
        guesses++;
        throttle.attempt(passcode(login, "guess " + guesses), address, Optional::empty);
    }

    private static Credentials.Passcode passcode(String login, String passcode) {
        return new Credentials.Passcode(login, passcode);
    }

    private static LoginThrottle.Limits limits(int ofLogin, int ofAddress) {
        return new LoginThrottle.Limits(ofLogin, ofAddress, Duration.ofSeconds(60));
    }

    /** How many attempts were carried out of three, the third of which comes while the first two run. */
    private static int ofThreeAtATime(LoginThrottle throttle, IntFunction<String> login, Optional<String> outcome)
            throws InterruptedException {
        AtomicInteger carriedOut = new AtomicInteger();
        CountDownLatch outcomeKnown = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Credentials.Passcode shown = passcode(login.apply(i), "guess " + i);
            Thread attempt = new Thread(() -> throttle.attempt(shown, "a", () -> {
                carriedOut.incrementAndGet();
                await(outcomeKnown);
                return outcome;
            }));
            threads.add(attempt);
            attempt.start();
            Awaitility.await().until(() -> attempt.getState() == Thread.State.WAITING);
        }
        assertThat(carriedOut).hasValue(2);
        outcomeKnown.countDown();
        for (Thread attempt : threads) {
            attempt.join();
        }
        return carriedOut.get();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
