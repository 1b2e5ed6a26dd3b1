package io.stompline.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class OnceLogTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;
    private boolean broken;

    private final System.Logger logger = new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable cause) {
            write(text);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            write(format);
        }

        private void write(String text) {
            if (broken) {
                throw new IllegalStateException("disk full");
            }
            lines.add(text);
        }
    };

    @Test
    void log_sameSubjectTwice_writesOneLine() {
        OnceLog log = new OnceLog(logger);
        log.log(Level.WARNING, "a", "a fails");
        log.log(Level.WARNING, "a", "a fails");
        log.log(Level.WARNING, "b", "b fails", new IllegalStateException());
        assertThat(lines).containsExactly("a fails", "b fails");
    }

    @Test
    void log_afterMended_writesAgain() {
        OnceLog log = new OnceLog(logger);
        log.log(Level.WARNING, "a", "a fails");
        log.mended("a");
        log.log(Level.WARNING, "a", "a fails again");
        assertThat(lines).containsExactly("a fails", "a fails again");
    }

    @Test
    void log_lastingFault_writesAgainAfterTheRepeatTime() {
        OnceLog log = new OnceLog(logger, Duration.ofNanos(10), () -> nanos);
        log.log(Level.WARNING, "a", "1");
        nanos = 9;
        log.log(Level.WARNING, "a", "2");
        nanos = 10;
        log.log(Level.WARNING, "a", "3");
        assertThat(lines).containsExactly("1", "3");
    }

    @Test
    void log_brokenLogger_doesNotThrow() {
        broken = true;
        assertThatCode(() -> new OnceLog(logger).log(Level.ERROR, "a", "a fails"))
                .doesNotThrowAnyException();
    }
}
