package io.stompline.jms.feed;

import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import java.util.Optional;

/**
 * Refuses selectors that could hurt: those that break out of parentheses put around them, those that are made to cost
 * much, and those over which the message broker stumbles.
 */
final class SelectorCheck {
    private static final int MAX_DEPTH = 20;

    /** Each one in a LIKE pattern multiplies the ways to match. */
    private static final int MAX_WILDCARDS = 8;

    private SelectorCheck() {}

    /** @throws BusException BAD_SELECTOR */
    static void check(String selector, ProviderDialect dialect) {
        int depth = 0;
        int wildcards = 0;
        boolean inLiteral = false;
        for (int i = 0; i < selector.length(); i++) {
            char character = selector.charAt(i);
            if (character == '\'') {
                inLiteral = !inLiteral;
            } else if (inLiteral) {
                wildcards += character == '%' ? 1 : 0;
            } else {
                depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            }
            if (depth < 0 || depth > MAX_DEPTH || wildcards > MAX_WILDCARDS) {
                throw bad("the selector has unbalanced or too many parentheses or wildcards");
            }
        }
        if (depth != 0 || inLiteral || selector.isBlank()) {
            throw bad("the selector is empty or not complete");
        }
        Optional<String> fault = dialect.selectorFault(selector);
        if (fault.isPresent()) {
            throw bad(fault.get());
        }
    }

    private static BusException bad(String detail) {
        return new BusException(Reason.BAD_SELECTOR, detail);
    }
}
