package io.stompline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that answers a SUBSCRIBE with a snapshot: the subscriber gets the returned value first, then the published
 * messages.
 *
 * <p>The subscription is made before the method is called, and messages that are published meanwhile are held until the
 * snapshot is sent, so none is missing. To leave out changes that the snapshot includes, return a {@link Snapshot} with
 * its version, and publish with {@link PublishOptions#withVersion}: then none comes twice either.
 *
 * <p>On an {@code /app/…} destination the snapshot is the only message. Parameters are those of {@link OnSend} without
 * a payload. A method that returns nothing, {@code null} or an empty {@link java.util.Optional} only observes the
 * subscription. A {@link java.util.concurrent.CompletionStage} is awaited as for {@link OnSend}. An exception refuses
 * the subscription.
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
