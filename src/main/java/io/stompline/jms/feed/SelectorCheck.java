package io.stompline.jms.feed;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import java.util.regex.Pattern;

/**
 * Refuses selectors that could hurt: those that break out of parentheses put around them, those that are made to cost much, and those
 * over which OpenMQ (seen in 6.5.1) stumbles, so that it answers as if it were out of order.
 */
final class SelectorCheck {
    private static final int MAX_DEPTH = 20;

    /** Each one in a LIKE pattern multiplies the ways to match. */
    private static final int MAX_WILDCARDS = 8;

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    /** LIKE and ESCAPE without a literal, IN without a list, AND and OR without an operand between. */
    private static final Pattern WITHOUT_OPERAND = Pattern.compile(
            "(?<![\\w$.])(?:(?:LIKE|ESCAPE)(?![\\w$.])(?!\\s*')|IN(?![\\w$.])(?!\\s*\\()|(?:AND|OR)\\s+(?:AND|OR)(?![\\w$.]))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private SelectorCheck() {}

    /** @throws BusException BAD_SELECTOR */
    static void check(String selector) {
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
        if (WITHOUT_OPERAND.matcher(LITERAL.matcher(selector).replaceAll("''")).find()) {
            throw bad("an operator of the selector lacks an operand");
        }
    }

    private static BusException bad(String detail) {
        return new BusException(Reason.BAD_SELECTOR, detail);
    }
}
