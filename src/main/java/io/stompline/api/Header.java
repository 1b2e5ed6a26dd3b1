package io.stompline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes a header, converted as for {@link Variable @Variable}: to a {@link String}, a number, an enum,
 * a date, …. An {@link java.util.Optional} of such a type is for a header that may be missing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Header {
    /** The header's name. */
    String value();
}
