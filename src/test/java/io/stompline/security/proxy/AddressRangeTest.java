package io.stompline.security.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.9.9.9/8, 10.0.0.1, true",
        "10.0.0.128/25, 10.0.0.128, true",
        "10.0.0.128/25, 10.0.0.127, false",
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7, 10.0.0.6, false",
        "10.0.0.7/32, 10.0.0.7, true",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "255.0.0.0/8, 0000:0000:0000:0000:0000:ffff:255.255.255.255, true",
    })
    void contains_comparesThePrefix(String range, String address, boolean contained) {
        assertThat(AddressRange.of(range)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "localhost", "10", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/",
                "10.0.0.0/8/8", "::1/129", "1:2", ":", "::g", "fe80::1%eth0", "[::1]", "10.0.0.1:80", "1.2.3.4.5"
            })
    void of_anythingElse_isNone(String text) {
        assertThat(AddressRange.of(text)).isEmpty();
    }
}
