package io.stompline.bench;

import java.time.Duration;

/**
 * What clients say of heart-beats in CONNECT; zero is none.
 *
 * @param sent how often they promise one
 * @param wanted how often they ask for one
 */
record HeartBeats(Duration sent, Duration wanted) {
    static final HeartBeats NONE = new HeartBeats(Duration.ZERO, Duration.ZERO);

    String header() {
        return "heart-beat:" + sent.toMillis() + "," + wanted.toMillis();
    }
}
