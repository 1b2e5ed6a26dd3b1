package io.stompline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a CDI bean or an enterprise bean that handles what browsers SEND to a destination.
 *
 * <p>Parameters, each optional and in any order: one without annotation is the payload ({@link String}, {@code byte[]},
 * or a type that Jackson reads from JSON; checked by Jakarta Validation if it is {@code @Valid} or has constraints);
 * {@link Variable @Variable} a part of the destination; {@link Header @Header} a header; {@code Map<String, String>}
 * all headers; {@link java.security.Principal} the caller; {@link StompClient} the session.
 *
 * <p>A returned value goes to the sender: to the {@code reply-to} of the message, or else to {@code
 * /user/queue/replies} of the sender's session, with the {@code correlation-id} of the message; or to where {@link
 * SendTo @SendTo} says. Of an {@link java.util.Optional} the value goes there, if there is one; a {@link
 * java.util.concurrent.CompletionStage} or {@link java.util.concurrent.Future} is awaited for {@code
 * stompline.handler-timeout}.
 *
 * <p>One connection's messages are handled one after the other. {@code @RolesAllowed}, {@code @Transactional},
 * interceptors, {@code SecurityContext} and {@code @RequestScoped} beans work as in a JAX-RS resource. An exception
 * becomes a message to the sender, see {@link StompExceptionMapper}; the RECEIPT, if one was asked for, says that the
 * message was handled either way.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnSend {
    /** The destination, such as {@code /app/chat/{room}/say}; must begin with {@code /app/}. */
    String value();
}
