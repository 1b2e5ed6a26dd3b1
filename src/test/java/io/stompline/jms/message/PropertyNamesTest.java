package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyNamesTest {
    @ParameterizedTest
    @CsvSource({
        "colour, colour",
        "_a1$, _a1$",
        "größe, größe",
        "x-id, x$002did",
        "a.b:c d, a$002eb$003ac$0020d",
        "1st, $0031st",
        "NULL, $_NULL",
        "and, $_and",
        "JMSXGroupID, $_JMSXGroupID",
        "JMS_SUN_COMPRESS, $_JMS_SUN_COMPRESS",
        "stompline_origin, $_stompline_origin",
        "$_NULL, $_$_NULL",
        "JMS-x, $_JMS$002dx",
    })
    void propertyName_headerAndProperty_areMappedBothWays(String header, String property) {
        assertThat(PropertyNames.property(header)).isEqualTo(property);
        assertThat(PropertyNames.header(property)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a$b", "a$0041", "$_colour", "JMSXGroupID", "$$002"})
    void propertyName_ofOtherApplications_isShownAsItIs(String property) {
        assertThat(PropertyNames.header(property)).isEqualTo(property);
    }

    @Test
    void propertyName_everyHeader_hasALegalPropertyOfItsOwn() {
        Random random = new Random(3);
        String[] pieces = {
            "JMS", "NULL", "stompline_", "$", "$_", "_", "0024", "002d", "-", ".", "a", "7", "ä", "😀", "\u0000"
        };
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(1 + random.nextInt(6), 0, pieces.length).forEach(piece -> name.append(pieces[piece]));
            String header = name.toString();
            String property = PropertyNames.property(header);
            assertThat(isLegal(property)).as(property).isTrue();
            assertThat(PropertyNames.header(property)).isEqualTo(header);
            assertThat(seen.put(property, header)).isIn(null, header);
        }
    }

    private static boolean isLegal(String property) {
        return Character.isJavaIdentifierStart(property.charAt(0))
                && property.chars().allMatch(Character::isJavaIdentifierPart)
                && !property.startsWith("JMS")
                && !property.startsWith("stompline_")
                && !property.equalsIgnoreCase("null");
    }
}
