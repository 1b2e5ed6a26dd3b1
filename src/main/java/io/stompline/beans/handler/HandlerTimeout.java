package io.stompline.beans.handler;

import io.stompline.config.Setting;
import java.time.Duration;

/** The promised result of a handler did not come in time. */
final class HandlerTimeout extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandlerTimeout(Duration limit) {
        super("what it promised was not there after " + limit.toMillis() + " ms (" + Setting.HANDLER_TIMEOUT.key()
                + ")");
    }
}
