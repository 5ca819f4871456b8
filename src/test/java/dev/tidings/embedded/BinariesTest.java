package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @Test
    void unpacksOncePerVersionAndClearsAwayTheOthers(@TempDir Path data) throws Exception {
        Path cutOff = Files.createDirectories(data.resolve("postgresql-123/bin"));
        Path log = Files.writeString(data.resolve("postgresql.log"), "kept");

        Path home = Binaries.unpack(data);
        var unpacked = Files.getLastModifiedTime(home.resolve("bin/postgres"));
        Path again = Binaries.unpack(data);

        assertThat(again).isEqualTo(home);
        assertThat(Files.getLastModifiedTime(home.resolve("bin/postgres"))).isEqualTo(unpacked);
        assertThat(home.resolve("bin/pg_ctl")).isExecutable();
        assertThat(cutOff.getParent()).doesNotExist();
        assertThat(log).hasContent("kept");
    }
}
