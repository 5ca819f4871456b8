package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path folder;

    @Test
    void showsOnlyWhatWasSaidSinceThisStart() throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "No space left on device, long ago\n");

        ServerLog log = ServerLog.turnOver(file);
        Files.writeString(file, "Permission denied\n", StandardOpenOption.APPEND);

        assertThat(log.sinceStart()).isEqualTo("Permission denied\n");
    }

    @Test
    void saysNothingBeforeTheServerDoes() throws IOException {
        assertThat(ServerLog.turnOver(folder.resolve("log")).sinceStart()).isEmpty();
    }

    @Test
    void putsALargeLogAsideSoThatItDoesNotFillTheDisk() throws IOException {
        Path file = folder.resolve("log");
        Files.write(file, new byte[11 * 1024 * 1024]);

        ServerLog.turnOver(file);

        assertThat(file).doesNotExist();
        assertThat(folder.resolve("log.1")).hasSize(11 * 1024 * 1024);
    }
}
