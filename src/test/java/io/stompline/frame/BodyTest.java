package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyTest {
    @Test
    void body_arrayOfTheCaller_isCopied() {
        byte[] octets = {1, 2};
        Body body = Body.of(octets);
        octets[0] = 9;
        body.toBytes()[1] = 9;
        assertThat(body.toBytes()).containsExactly(1, 2);
    }

    @Test
    void body_text_onlyIfItIsUtf8() {
        assertThat(Body.utf8("größe €").text()).contains("größe €");
        assertThat(Body.empty().text()).contains("");
        assertThat(Body.of(new byte[] {(byte) 0xc3, 'x'}).text()).isEmpty();
        // A surrogate of its own and an overlong zero: not UTF-8, though some readers take them.
        assertThat(Body.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}).text())
                .isEmpty();
        assertThat(Body.of(new byte[] {(byte) 0xc0, (byte) 0x80}).text()).isEmpty();
    }

    @Test
    void body_equals_comparesOctets() {
        assertThat(Body.utf8("a")).isEqualTo(Body.of(new byte[] {'a'})).hasSameHashCodeAs(Body.utf8("a"));
        assertThat(Body.utf8("a")).isNotEqualTo(Body.utf8("b"));
        byte[] target = new byte[3];
        Body.utf8("ab").copyInto(target, 1);
        assertThat(target).containsExactly(0, 'a', 'b');
    }

    @Test
    void body_toString_showsItsSizeOnly() {
        assertThat(Body.utf8("größe")).hasToString("7 octets");
    }
}
