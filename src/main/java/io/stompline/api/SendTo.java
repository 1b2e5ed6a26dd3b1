package io.stompline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where the returned value of an {@link OnSend} method is published, instead of to the sender. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SendTo {
    /** A topic or queue, with the variables of {@link OnSend}, such as {@code /topic/chat/{room}}. */
    String value();
}
