package dev.tidings.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, as they come in a jar for this platform: unpacked into the data directory. */
final class Binaries {
    private static final String PREFIX = "postgresql-";
    /** Enough to tell versions apart. */
    private static final int DIGEST_BYTES = 6;

    private Binaries() {}

    /**
     * The folder that has {@code bin/postgres}. It is named after the archive's content, so that an upgrade of Tidings
     * brings its PostgreSQL along; those of before, and half unpacked ones, are deleted.
     */
    static Path unpack(Path data) {
        String archive = "/postgres-" + system() + "-" + architecture() + ".txz";
        try {
            Path home = data.resolve(PREFIX + digest(archive));
            deleteAllBut(home, data);
            if (!Files.exists(home)) {
                Path half = Files.createTempDirectory(data, PREFIX);
                try (InputStream packed = open(archive)) {
                    unpack(packed, half);
                }
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
                Folders.rename(half, home);
            }
            return home;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("PostgreSQL could not be unpacked into " + data + ": " + e.getMessage()
                    + ". " + StartAdvice.on(String.valueOf(e.getMessage())).text());
        }
    }

    private static InputStream open(String archive) {
        InputStream packed = Binaries.class.getResourceAsStream(archive);
        if (packed == null) {
            throw new EmbeddedDatabaseException(
                    "This build of Tidings has no PostgreSQL for this platform (" + archive + ").");
        }
        return packed;
    }

    private static String digest(String archive) throws IOException {
        try (InputStream packed = open(archive)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            packed.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
            return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void deleteAllBut(Path home, Path data) throws IOException {
        try (var others = Files.newDirectoryStream(
                data, file -> file.getFileName().toString().startsWith(PREFIX) && !file.equals(home))) {
            for (Path other : others) {
                Folders.delete(other);
            }
        }
    }

    private static void unpack(InputStream packed, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to)) {
                    throw new IOException("an entry leads outside: " + entry.getName());
                }
                write(tar, entry, file);
            }
        }
    }

    private static void write(InputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("aarch64") ? "arm_64" : "x86_64";
    }
}
