package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;

/** The version before, as the script {@code src/test/upgrade/build-previous} makes it of this repository's history. */
final class PreviousVersion {
    /** What it calls itself at receivers. */
    static final String AGENT = "Tidings/previous";

    private static final int NO_HISTORY = 77;
    private static final Path JAR =
            Path.of("target/previous/app/quarkus-run.jar").toAbsolutePath();

    private PreviousVersion() {}

    /** Builds it where it is not there yet; the test that asks is skipped where the history does not hold it. */
    static void build() throws IOException, InterruptedException {
        Process script = new ProcessBuilder("src/test/upgrade/build-previous")
                .redirectErrorStream(true)
                .start();
        try (var output = script.inputReader()) {
            String said = output.readAllAsString();
            int status = script.waitFor();
            if (status != 0) {
                System.err.println(said);
            }
            assumeFalse(status == NO_HISTORY, said);
            assertThat(status).as(said).isZero();
        }
    }

    /** Starts a node of it. */
    static TidingsProcess start(Path folder, String... properties) {
        return TidingsProcess.ofJar(JAR, folder, properties).awaitReady();
    }
}
