package dev.tidings.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @Test
    void isMadeOnceAndForItsOwnerAlone(@TempDir Path folder) throws Exception {
        Path file = KeyFile.in(folder.resolve("data"));
        String made = Files.readString(file);

        assertThat(KeyFile.in(folder.resolve("data"))).isEqualTo(file).hasContent(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("data").toFile().list()).containsExactly("secrets.key");
        assertThat(KeyRing.of(Optional.empty(), Optional.of(file.toString())).ids())
                .hasSize(1);
    }

    @Test
    void mayHoldCommentsAndSeveralKeys(@TempDir Path folder) throws Exception {
        Path file = Files.write(
                folder.resolve("keys"),
                List.of("# new", "n:" + "A".repeat(43) + "=", "", " o:" + "B".repeat(42) + "A= "));

        KeyRing ring = KeyRing.of(Optional.empty(), Optional.of(file.toString()));

        assertThat(ring.current()).isEqualTo("n");
        assertThat(ring.ids()).containsExactlyInAnyOrder("n", "o");
    }
}
