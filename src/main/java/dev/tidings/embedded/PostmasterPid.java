package dev.tidings.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file in which a server writes its process number, and which a killed one leaves behind.
 *
 * <p>After a reboot, or in a restarted container, that number may be another process's. Neither we nor PostgreSQL would
 * notice: {@code pg_ctl stop} would send its signal to a stranger, and {@code pg_ctl start} would refuse because "the
 * server" is running. So the number counts only together with the program that runs under it.
 */
record PostmasterPid(Path file) {
    /** The server, if the file names one that runs. */
    Optional<ProcessHandle> server() throws IOException {
        return process().filter(PostmasterPid::isPostgres);
    }

    /** Takes the file out of the way if its number is now a stranger's. */
    void forgetStranger() throws IOException {
        if (process().isPresent() && server().isEmpty()) {
            Files.delete(file);
        }
    }

    private Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            long number = Long.parseLong(lines.findFirst().orElse("").strip());
            return ProcessHandle.of(number).filter(ProcessHandle::isAlive);
        } catch (NumberFormatException cutOffWhileItWasWritten) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                // Linux adds " (deleted)" when the program's file is gone: an upgrade replaced it.
                .filter(command -> command.matches(".*[/\\\\]postgres(\\.exe)?( \\(deleted\\))?"))
                .isPresent();
    }
}
