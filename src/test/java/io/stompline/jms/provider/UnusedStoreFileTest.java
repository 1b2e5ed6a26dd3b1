package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedStoreFileTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void makeTheFile() throws IOException {
        file = Files.createDirectory(directory.resolve("Qlate")).resolve("vrfile");
        Files.write(file, new byte[200_000]);
    }

    @Test
    void file_ofZeros_isRemovedWhenNobodyCanBeWritingIt() {
        UnusedStoreFile unused = UnusedStoreFile.in(text()).orElseThrow();
        unused.remove(Instant::now);
        assertThat(file).exists();
        unused.remove(() -> Instant.now().plusSeconds(3));
        assertThat(file).doesNotExist();
    }

    @Test
    void file_withAnOctet_isNotUnused() throws IOException {
        byte[] content = new byte[200_000];
        content[199_999] = 1;
        Files.write(file, content);
        assertThat(UnusedStoreFile.in(text())).isEmpty();
    }

    @Test
    void file_thatIsNotThere_isNotUnused() throws IOException {
        Files.delete(file);
        assertThat(UnusedStoreFile.in(text())).isEmpty();
        assertThat(UnusedStoreFile.in("[B2085]: Loading Destination q failed.")).isEmpty();
    }

    private String text() {
        return "[500] Failed to load message directory " + file.getParent() + " for destination Q:late user=stompline";
    }
}
