package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextKindTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/HTML; charset=UTF-8",
                "application/json",
                "application/xml;charset=\"utf-8\"",
                "application/problem+json",
                "image/svg+xml",
                "application/javascript",
                "application/x-www-form-urlencoded",
                "text/plain;charset=us-ascii"
            })
    void contentType_text_isText(String contentType) {
        assertThat(TextKind.isText(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "image/png",
                "text/plain;charset=iso-8859-1",
                "application/jsonish",
                ""
            })
    void contentType_other_isNotText(String contentType) {
        assertThat(TextKind.isText(contentType)).isFalse();
    }
}
