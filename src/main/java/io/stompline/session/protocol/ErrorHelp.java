package io.stompline.session.protocol;

import io.stompline.frame.Headers;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a developer reads what an ERROR means: the {@code help} header.
 *
 * @param page the address of a page with an anchor for each error, as far as the {@code #}; empty for no header
 */
public record ErrorHelp(Optional<String> page) {
    /** No header. */
    public static final ErrorHelp NONE = new ErrorHelp(Optional.empty());

    /** The {@code help} header of an error; none without a page. */
    Headers of(StompError error) {
        return new Headers.Builder()
                .add("help", page.map(start -> start + "#" + anchor(error)))
                .build();
    }

    /** The anchor of the guide's chapter on errors: {@code errors/frame-too-large}. */
    static String anchor(StompError error) {
        return "errors/" + error.sentence().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
