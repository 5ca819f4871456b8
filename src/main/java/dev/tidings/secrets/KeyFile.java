package dev.tidings.secrets;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A key that Tidings makes for itself, in a file beside the data that it protects: readable for its owner alone. */
public final class KeyFile {

    private KeyFile() {}

    /** The file in that folder, made unless it is there. */
    public static Path in(Path folder) {
        Path file = folder.resolve("secrets.key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                create(file);
            }
            return file;
        } catch (IOException e) {
            throw new BadKeyException("The key file " + file + " can't be written: " + e.getMessage());
        }
    }

    /** Whole or not at all: another process may look at this moment. */
    private static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(file.getParent(), "secrets", ".draft", mode);
        try {
            Files.writeString(
                    draft,
                    "# Customers' secrets in the database are encrypted with this key. Without it they are lost.\n"
                            + newKey() + "\n",
                    StandardOpenOption.WRITE);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster: his key it is.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A fresh key with an id of its own. */
    public static String newKey() {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[4];
        byte[] key = new byte[32];
        random.nextBytes(id);
        random.nextBytes(key);
        return HexFormat.of().formatHex(id) + ":" + Base64.getEncoder().encodeToString(key);
    }
}
