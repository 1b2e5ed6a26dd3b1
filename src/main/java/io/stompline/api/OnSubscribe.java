package io.stompline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that answers a SUBSCRIBE with a snapshot: the subscriber gets what it returns first, then what is published.
 *
 * <p>The subscription is made before the method is called, and what is published meanwhile is held until the snapshot
 * is sent, so nothing is missing. To leave out what the snapshot shows already, return a {@link Snapshot} with the
 * version that it has come to, and publish with {@link PublishOptions#withVersion}: then nothing comes twice either.
 *
 * <p>On an {@code /app/…} destination the snapshot is the only message. Parameters are those of {@link OnSend} without
 * a payload. A method that returns nothing, {@code null} or an empty {@link java.util.Optional} only looks on. A
 * {@link java.util.concurrent.CompletionStage} is awaited as for {@link OnSend}. An exception refuses the subscription.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnSubscribe {
    /**
     * The destination, such as {@code /topic/stocks/{symbol}}: beginning with {@code /topic/}, {@code /user/} or {@code
     * /app/}.
     */
    String value();
}
