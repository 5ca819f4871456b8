package dev.tidings.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the server says, over its starts; and what it said since this one. */
final class ServerLog {
    private static final long LARGE_BYTES = 10 * 1024 * 1024L;
    private static final int READ_BYTES = 16 * 1024;

    private final Path file;
    private final long begin;

    private ServerLog(Path file, long begin) {
        this.file = file;
        this.begin = begin;
    }

    /** To be called before a start. A large log is put aside; the one that was put aside before goes. */
    static ServerLog turnOver(Path file) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > LARGE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            size = 0;
        }
        return new ServerLog(file, size);
    }

    Path file() {
        return file;
    }

    /** The beginning of what was said since then. */
    String sinceStart() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(begin);
            byte[] bytes = new byte[(int) Math.min(READ_BYTES, Math.max(0, open.length() - begin))];
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
