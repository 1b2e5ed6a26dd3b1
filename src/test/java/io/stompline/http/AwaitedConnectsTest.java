package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwaitedConnectsTest {
    private final AwaitedConnects awaited = new AwaitedConnects();
    private boolean over;

    @Test
    void awaitedConnects_ofOneAddress_leaveRoomForOthers() {
        add("192.0.2.1", 64);
        assertThat(awaited.hasRoom("192.0.2.1")).isFalse();
        assertThat(awaited.hasRoom("192.0.2.2")).isTrue();
        over = true;
        assertThat(awaited.hasRoom("192.0.2.1")).isTrue();
    }

    @Test
    void awaitedConnects_ofAll_areBounded() {
        for (int i = 0; i < 8; i++) {
            add("192.0.2." + i, 64);
        }
        assertThat(awaited.hasRoom("192.0.2.99")).isFalse();
    }

    private void add(String address, int number) {
        for (int i = 0; i < number; i++) {
            assertThat(awaited.hasRoom(address)).isTrue();
            awaited.add(address, () -> over);
        }
    }
}
