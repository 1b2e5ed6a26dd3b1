package io.stompline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {
    @TempDir
    private Path directory;

    @Test
    void certificate_made_isForThisMachineAndForTheOwnerOnly() throws Exception {
        Path own = directory.resolve("tls");
        CertificateFiles files = SelfSigned.in(own);
        X509Certificate made = files.read().own();
        assertThat(made.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(made.getExtendedKeyUsage()).isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
        assertThat(files.isKeyReadByOthers()).isFalse();
        assertThat(names(own)).containsExactlyInAnyOrder("self-signed.p12", "self-signed.password");
    }

    @Test
    void certificate_thereAlready_isKept() throws Exception {
        List<X509Certificate> made = SelfSigned.in(directory).read().chain();
        assertThat(SelfSigned.in(directory).read().chain()).isEqualTo(made);
    }

    @Test
    void certificate_unreadable_isMadeAnew() throws Exception {
        CertificateFiles files = SelfSigned.in(directory);
        Files.writeString(files.key(), "another password");
        assertThat(SelfSigned.in(directory).read().chain()).hasSize(1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
