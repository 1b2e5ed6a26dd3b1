package io.stompline.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class PemBlockTest {
    @Test
    void pem_severalBlocks_areReadInOrderWithoutWhatStandsBetween() {
        assertThat(PemBlock.read("""
                        Bag Attributes: friendlyName
                        -----BEGIN EC PARAMETERS-----
                        AAEC
                        -----END EC PARAMETERS-----
                        subject=CN = localhost\r
                        -----BEGIN PRIVATE KEY-----\r
                        AwQF\r
                        Bgc=\r
                        -----END PRIVATE KEY-----
                        """))
                .extracting(PemBlock::label, PemBlock::bytes)
                .containsExactly(
                        tuple("EC PARAMETERS", new byte[] {0, 1, 2}), tuple("PRIVATE KEY", new byte[] {3, 4, 5, 6, 7}));
    }

    @Test
    void pem_headAndFootDiffer_isNoBlock() {
        assertThat(PemBlock.read("-----BEGIN CERTIFICATE-----\nAAEC\n-----END PUBLIC KEY-----"))
                .isEmpty();
    }

    @Test
    void pem_faultyBase64_isRefusedWithoutItsText() {
        PemBlock block = new PemBlock("PRIVATE KEY", "c2VjcmV0=A");
        assertThatThrownBy(block::bytes).hasMessage("base64 with a fault");
        assertThat(block).hasToString("BEGIN PRIVATE KEY");
    }
}
