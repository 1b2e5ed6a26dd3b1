package io.stompline.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.7, 192.0.2.7, true",
        "::ffff:192.0.2.7, 192.0.2.7, true",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:DB8:1:2:0:0:0:1%eth9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "unknown, unknown, true",
        "not:an:address, not:an:address, true"
    })
    void block_ofTwoAddresses_isTheSameForOneClient(String one, String other, boolean same) {
        assertThat(AddressBlock.of(one).equals(AddressBlock.of(other))).isEqualTo(same);
    }
}
