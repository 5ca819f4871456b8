package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterPidTest {
    @TempDir
    Path folder;

    @Test
    void namesNoServerWithoutAFile() throws IOException {
        var pid = new PostmasterPid(folder.resolve("postmaster.pid"));

        assertThat(pid.server()).isEmpty();
        pid.forgetStranger();
    }

    @Test
    void doesNotTakeAStrangerForTheServer() throws IOException {
        // Given a number that is, by now, this test's own process.
        PostmasterPid pid = written(ProcessHandle.current().pid() + "\n/somewhere\n");

        assertThat(pid.server()).isEmpty();
        pid.forgetStranger();

        assertThat(pid.file()).doesNotExist();
    }

    @Test
    void leavesTheFileOfADeadServerToPostgres() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        PostmasterPid pid = written(dead.pid() + "\n/somewhere\n");

        pid.forgetStranger();

        assertThat(pid.file()).exists();
    }

    @Test
    void readsAFileThatWasCutOff() throws IOException {
        PostmasterPid pid = written("");

        assertThat(pid.server()).isEmpty();
        pid.forgetStranger();

        assertThat(pid.file()).exists();
    }

    private PostmasterPid written(String text) throws IOException {
        return new PostmasterPid(Files.writeString(folder.resolve("postmaster.pid"), text));
    }
}
