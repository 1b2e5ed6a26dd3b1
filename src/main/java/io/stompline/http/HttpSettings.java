package io.stompline.http;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What the settings say of sessions over plain HTTP.
 *
 * @param offered whether there are any
 * @param maxBodyBytes the largest body after CONNECTED
 * @param maxConnectBytes the largest body before it
 * @param bodyTimeout how long the body of a request may take
 * @param connectTimeout how long the body of an opening may take
 */
public record HttpSettings(
        boolean offered, int maxBodyBytes, int maxConnectBytes, Duration bodyTimeout, Duration connectTimeout) {
    /** A body may have a little more than the largest frame. */
    private static final int BESIDE_A_FRAME = 4 * 1024;

    /** As the settings say. */
    public static HttpSettings from(Settings settings) {
        return new HttpSettings(
                settings.oneOf(Setting.HTTP_FALLBACK, List.of("on", "off")).equals("on"),
                settings.number(Setting.FRAME_MAX_BYTES) + BESIDE_A_FRAME,
                settings.number(Setting.FRAME_MAX_CONNECT_BYTES),
                settings.time(Setting.FRAME_TIMEOUT),
                settings.time(Setting.CONNECT_TIMEOUT));
    }

    /** The largest body. */
    int maxBytes(boolean isConnected) {
        return isConnected ? maxBodyBytes : maxConnectBytes;
    }
}
