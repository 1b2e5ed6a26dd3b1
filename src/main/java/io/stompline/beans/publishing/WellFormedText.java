package io.stompline.beans.publishing;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Refuses names and texts with half a surrogate pair, such as U+D83D alone: Jackson (seen in 2.22.4) takes them, and no
 * UTF-8 can be written of them later.
 */
final class WellFormedText extends JsonParserDelegate {
    WellFormedText(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        return checked(super.nextToken());
    }

    @Override
    public JsonToken nextValue() throws IOException {
        JsonToken next = nextToken();
        return next == JsonToken.FIELD_NAME ? nextToken() : next;
    }

    private JsonToken checked(JsonToken token) throws IOException {
        if ((token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) && hasHalfPair(getText())) {
            throw new JsonParseException(this, "half a surrogate pair");
        }
        return token;
    }

    private static boolean hasHalfPair(String text) {
        // A code point that is a surrogate has no other half.
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
