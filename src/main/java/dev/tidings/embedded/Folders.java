package dev.tidings.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** A folder is made under another name and gets its own when it is whole: a kill leaves no half one behind. */
final class Folders {
    private Folders() {}

    static void rename(Path whole, Path name) throws IOException {
        Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        // Or a power cut could bring back the old name, and with it the next start's belief that it is half made.
        try (FileChannel parent = FileChannel.open(name.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
