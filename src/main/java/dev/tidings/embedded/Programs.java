package dev.tidings.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs, each to its end.
 *
 * <p>They refuse to run as root; as root they are started in a user namespace of their own, where they are nobody.
 */
record Programs(Path bin, Path data) {
    /** Longer than {@code pg_ctl} waits by itself: it has the first word. */
    private static final long PATIENCE_SECONDS = 660;

    /** What it printed, errors included. */
    record Outcome(boolean succeeded, String output) {}

    Outcome run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("unshare", "-U") : List.of());
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(data, program, ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Outcome(ended && process.exitValue() == 0, Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " was running", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
