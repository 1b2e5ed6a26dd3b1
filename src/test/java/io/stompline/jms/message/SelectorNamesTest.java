package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type = 'x' | JMSType = 'x'",
                "\"type\"='x' AND priority>5 | JMSType='x' AND JMSPriority>5",
                "timestamp BETWEEN 1 AND 2 | JMSTimestamp BETWEEN 1 AND 2",
                "\"correlation-id\" = 'c' | JMSCorrelationID = 'c'",
                "correlation-id IS NOT NULL | JMSCorrelationID IS NOT NULL",
                "\"content-type\" LIKE 'text/%' | stompline_content_type LIKE 'text/%'",
                "\"x-color\" = 'red' | x$002dcolor = 'red'",
                "\"größe in m\" = 'L' | größe$0020in$0020m = 'L'",
                "\"AND\" = 'a' | $_AND = 'a'",
                "\"colour\" = 'red' | colour = 'red'",
                "\"it's\" = 'x' | it$0027s = 'x'"
            })
    void selector_headerNames_becomeThoseOfJms(String selector, String jms) {
        assertThat(SelectorNames.toJms(selector)).isEqualTo(jms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour = 'red'",
                "x$002dcolor = 'red' AND $_JMSfoo = 'b'",
                "JMSType = 'x' AND JMSPriority > 3",
                "JMSMessageID = 'ID:1' OR JMSDeliveryMode = 'PERSISTENT' OR JMSCorrelationID = 'c' OR JMSTimestamp > 1",
                "note = 'type, \"x-color\" and stompline_user'",
                "note = 'it''s a type' AND note <> ''",
                "(a - b) * 2.5e-3 >= -5 OR not (c IN ('type', 'JMSXGroupID')) or d LIKE 'a!_%' ESCAPE '!'",
                "types = 'x' AND prototype = 'y' AND Type = 'z'",
                "5-3 < n AND 0x1F > 3-n AND flag = TRUE",
                "",
                "note = 'open"
            })
    void selector_restOfTheText_staysAsItIs(String selector) {
        assertThat(SelectorNames.toJms(selector)).isEqualTo(selector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stompline_user = 'ann' | stompline_",
                "\"stompline_user\" = 'ann' | stompline_",
                "a = 'b' OR JMSXUserID = 'ann' | JMSX",
                "JMS_SUN_COMPRESS = TRUE | JMS_",
                "\"JMSType\" = 'x' | without double quotes",
                "JMSDestination = 'a' | JMSDestination cannot be selected by",
                "JMSReplyTo IS NOT NULL | JMSReplyTo cannot be selected by",
                "type = 'x' AND JMSExpiration > 0 | JMSExpiration cannot be selected by",
                "NOT JMSRedelivered | JMSRedelivered cannot be selected by",
                "JMSDeliveryTime > 0 | JMSDeliveryTime cannot be selected by",
                "x-color = 'red' | in double quotes, \"x-color\"",
                "order.type = 'x' | in double quotes, \"order.type\"",
                "n-1 > 3 | blanks",
                "destination = '/topic/a' | the header 'destination'",
                "persistent = 'true' | the header 'persistent'",
                "\"reply-to\" = '/queue/a' | the header 'reply-to'",
                "\"message-id\" = 'x' | the header 'message-id'",
                "\"\" = 'x' | cannot be selected by",
                "\"x-color = 'red' | not closed",
                "priority = '7' | without quotes"
            })
    void selector_thatCouldSelectNothing_isRefused(String selector, String sentence) {
        assertThatThrownBy(() -> SelectorNames.toJms(selector))
                .hasMessageContaining(sentence)
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_SELECTOR));
    }

    @Test
    void headerName_ofAnyHeaderThatTravels_isItsProperty() {
        for (String header : new String[] {"x-id", "a.b", "7", "NULL", "$", "a$002d", "sender"}) {
            assertThat(SelectorNames.toJms('"' + header + "\" = 'x'"))
                    .isEqualTo(PropertyNames.property(header) + " = 'x'");
        }
    }
}
