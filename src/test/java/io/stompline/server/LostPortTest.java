package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostPortTest {
    private final Logger core = Logger.getLogger("javax.enterprise.system.core");
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    LostPortTest() {
        core.addHandler(handler);
        core.setUseParentHandlers(false);
    }

    @AfterEach
    void leaveTheLogAsItWas() {
        core.removeHandler(handler);
        core.setUseParentHandlers(true);
        core.setFilter(null);
    }

    @Test
    void port_takenDuringTheBoot_isNoticedAndNotLogged() {
        LostPort watching = LostPort.watch();
        core.log(Level.SEVERE, "Shutting down", new BindException("Address already in use"));
        core.severe("Failed to start, exiting");
        assertThat(watching.cause()).contains("Address already in use");
        core.severe("later");
        assertThat(lines).isEmpty();
    }

    @Test
    void port_notTaken_leavesTheLogAlone() {
        LostPort watching = LostPort.watch();
        core.log(Level.SEVERE, "another fault", new IllegalStateException());
        assertThat(watching.cause()).isEmpty();
        core.log(Level.SEVERE, "later", new BindException("of something else"));
        assertThat(lines).containsExactly("another fault", "later");
    }
}
