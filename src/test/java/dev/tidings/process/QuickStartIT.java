package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The README's quick start, command by command, as it is written. It uses the ports that it names: 8080 and 9000. */
@DisabledIfSystemProperty(named = "tidings.executable", matches = ".+", disabledReason = "it starts quarkus:dev")
class QuickStartIT {

    @Test
    void fromCloneToThePostInView(@TempDir Path folder) throws Exception {
        assumeThat(Path.of(".git")).as("the commands begin with a clone").exists();
        assumeThat(isFree(8080) && isFree(9000))
                .as("the ports of the quick start are free")
                .isTrue();
        List<String> commands = commands();
        assertThat(commands).hasSizeLessThanOrEqualTo(5);
        Path clone = folder.resolve("tidings");
        Path log = folder.resolve("dev.log");

        assertThat(run(folder, commands.get(0), folder.resolve("clone.log"))).isZero();
        Process dev = start(clone, "exec " + commands.get(1), log);
        try {
            await().atMost(Duration.ofMinutes(4))
                    .until(() -> ended(dev, log) || text(log).contains("Listening on"));
            for (String command : commands.subList(2, commands.size())) {
                assertThat(run(clone, command, folder.resolve("curl.log")))
                        .as(command)
                        .isZero();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> text(log).contains("webhook-id") && text(log).contains("HUMA-26362805"));
        } finally {
            dev.descendants().forEach(ProcessHandle::destroy);
            dev.destroy();
            dev.waitFor(60, TimeUnit.SECONDS);
        }
        assertThat(clone.resolve("data/cluster/PG_VERSION")).exists();
    }

    private static boolean ended(Process process, Path log) {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended:\n" + text(log));
        }
        return false;
    }

    /** The lines of the block between the README's quick start markers. */
    private static List<String> commands() {
        String readme = text(Path.of("README.md"));
        String block =
                readme.substring(readme.indexOf("<!-- quick start -->"), readme.indexOf("<!-- /quick start -->"));
        return block.lines()
                .filter(line -> !line.startsWith("<!--") && !line.startsWith("```") && !line.isBlank())
                .toList();
    }

    private static int run(Path folder, String command, Path log) throws IOException, InterruptedException {
        Process process = start(folder, command, log);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Process start(Path folder, String command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("REPOSITORY", Path.of("").toAbsolutePath().toString());
        return builder.start();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
