package io.stompline.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the setting for keys says that they are. */
class KeySourceTest {
    /** On the class path of the tests, as a file is in an application. */
    private static final String RESOURCE = "io/stompline/security/token/KeySourceTest.class";

    @TempDir
    private Path directory;

    @Test
    void source_fileThatIsThere_isRead() throws IOException {
        Path file = Files.writeString(directory.resolve("keys.json"), "the keys");
        Path spaced = Files.copy(file, directory.resolve("the keys.json"));
        assertThat(KeySource.of(spaced.toUri().toString()).read()).isEqualTo("the keys");
        assertThat(KeySource.of("file:" + spaced).read()).isEqualTo("the keys");
        assertThat(KeySource.of("file:keys.json").name()).isEqualTo("keys.json");
        for (String setting : new String[] {file.toString(), file.toUri().toString(), "file://" + file}) {
            KeySource source = KeySource.of(setting);
            assertThat(source.read()).as(setting).isEqualTo("the keys");
            assertThat(source.name()).as(setting).isEqualTo(file.toString());
        }
    }

    @Test
    void source_addressOfAFileThatIsNotThere_isNoResource() {
        KeySource source = KeySource.of("file:/" + RESOURCE);
        assertThatThrownBy(source::read).isInstanceOf(IOException.class);
        assertThat(source.name()).isEqualTo("/" + RESOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {RESOURCE, "/" + RESOURCE})
    void source_noFile_isAResourceOfTheApplication(String setting) throws IOException {
        KeySource source = KeySource.of(setting);
        assertThat(source.read()).contains("KeySourceTest");
        assertThat(source.name()).isEqualTo(setting);
    }

    /** A symmetric key is a secret. */
    @Test
    void source_theKeyItself_isInNoText() {
        assertThat(KeySource.of("{\"k\":\"c2VjcmV0\"}")).hasToString("the setting itself");
    }

    @Test
    void source_neitherFileNorResource_isAFault() {
        KeySource source = KeySource.of("no-such-keys.pem");
        assertThatThrownBy(source::read)
                .isInstanceOf(IOException.class)
                .hasMessage("there is no such file, and the application has none of that name");
    }

    @Test
    void source_longFile_isReadUpToItsLimit() throws IOException {
        Path file = directory.resolve("keys.json");
        Files.writeString(file, "x".repeat(KeySource.MAX_BYTES));
        assertThat(KeySource.of(file.toString()).read()).hasSize(KeySource.MAX_BYTES);
        Files.writeString(file, "x".repeat(KeySource.MAX_BYTES + 1));
        assertThatThrownBy(() -> KeySource.of(file.toString()).read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("more than ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[\"a.b\"]}",
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                "eyJrdHkiOiJvY3QifQ",
                "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onL"
            })
    void source_keysThemselves_areNotShownAsItsName(String keys) throws IOException {
        KeySource source = KeySource.of(keys);
        assertThat(source.read()).isEqualTo(keys);
        assertThat(source.name()).isEqualTo("the setting itself");
    }
}
